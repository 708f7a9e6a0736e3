package codepage

import (
	"fmt"
	"math/rand"
	"os"
	"strings"
	"testing"

	"golang.org/x/text/encoding/charmap"
)

func TestIs(t *testing.T) {
	r := rand.New(rand.NewSource(2))
	b, _ := os.ReadFile("/tmp/dict/x/usr/share/hunspell/is_IS.dic")
	ws := strings.Split(string(b), "\n")
	for _, k := range []int{2, 5, 10, 30, 100} {
		ok, bad := 0, 0
		ex := ""
		for n := 0; n < 50; n++ {
			var s Sample
			txt := ""
			for i := 0; i < k; i++ {
				w, _, _ := strings.Cut(ws[r.Intn(len(ws))], "/")
				txt += w + "\n"
			}
			e, err := charmap.Windows1252.NewEncoder().String(txt)
			if err != nil {
				continue
			}
			s.Take([]byte(e), 0)
			g := s.Guess()
			if g.Name == "windows-1252" && g.Sure {
				ok++
			} else {
				bad++
			}
		}
		fmt.Println(k, ok, bad, ex)
	}
	for _, txt := range []string{"Sigurður Þórðarson\nGuðrún Jónsdóttir\nÞorsteinn Magnússon\n", "Reykjavík\nÓlafur Ragnar Grímsson", "Það er gott að heyra. Hringdu á föstudaginn\n"} {
		var s Sample
		e, _ := charmap.Windows1252.NewEncoder().String(txt)
		s.Take([]byte(e), 0)
		fmt.Println(txt, s.Guess())
	}
}
