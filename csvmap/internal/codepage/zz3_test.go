package codepage

import (
	"fmt"
	"math/rand"
	"os"
	"strings"
	"testing"

	"golang.org/x/text/encoding/htmlindex"
)

func TestAsian(t *testing.T) {
	r := rand.New(rand.NewSource(2))
	for _, c := range [][2]string{{"zh_CN", "gb18030"}, {"zh_TW", "big5"}, {"ja", "shift_jis"}, {"ja", "euc-jp"}, {"ko", "euc-kr"}, {"ru", "windows-1251"}, {"ru", "koi8-r"}, {"el", "windows-1253"}, {"he", "windows-1255"}, {"th", "windows-874"}, {"ar", "windows-1256"}, {"cs", "windows-1250"}, {"pt", "windows-1252"}, {"tr", "windows-1254"}} {
		b, _ := os.ReadFile("/tmp/fk/out/" + c[0] + ".txt")
		var ws []string
		e, _ := htmlindex.Get(c[1])
		for _, l := range strings.Split(string(b), "\n") {
			_, w, _ := strings.Cut(l, "\t")
			if strings.IndexFunc(w, func(r rune) bool { return r > 127 }) < 0 {
				continue
			}
			if x, err := e.NewEncoder().String(w); err == nil {
				ws = append(ws, x)
			}
		}
		fmt.Println(c, len(ws))
		for _, k := range []int{1, 2, 5, 10, 30, 100} {
			m := map[string]int{}
			for n := 0; n < 20; n++ {
				var s Sample
				txt := ""
				for i := 0; i < k; i++ {
					txt += ws[r.Intn(len(ws))] + "\n"
				}
				s.Take([]byte(txt), 0)

				g := s.Guess()

				m[fmt.Sprint(g.Name, " ", g.Sure)]++
			}
			fmt.Println("  ", k, m)
		}
	}
}
