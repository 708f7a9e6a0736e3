package codepage

import (
	"fmt"
	"maps"
	"math/rand"
	"os"
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/htmlindex"
)

func TestW(t *testing.T) {
	r := rand.New(rand.NewSource(3))
	for _, lang := range []string{"es", "nb", "pt", "da", "fr"} {
		b, _ := os.ReadFile("/tmp/train/test/" + lang + ".txt")
		var items []string
		for _, w := range strings.Split(string(b), "\n") {
			if e, err := charmap.Windows1252.NewEncoder().String(w); err == nil {
				items = append(items, e)
			}
		}
		for _, k := range []int{2, 10, 300} {
			for n := 0; n < 40; n++ {
				var s Sample
				for i := 0; i < k; i++ {
					s.Take([]byte(items[r.Intn(len(items))]+"\n"), 0)
				}
				g := s.Guess()
				if g.Name != "windows-1252" && len(s.words) > 0 {
					words := slices.Sorted(maps.Keys(s.words))
					h := western1252.read(words)
					top, gain := best(words, h)
					a, p, l := s.asian()
					fmt.Printf("%s %d %d words: top %s gain %.0f perchar %.1f home %.1f %q asian %s %d %d\n", lang, k, len(words), top.name, gain, top.perChar(words), h.perChar(words), g.Word, a, p, l)
				}
			}
		}
	}
	for _, c := range [][2]string{{"zh_TW", "big5"}, {"ja", "shift_jis"}, {"ko", "euc-kr"}} {
		b, _ := os.ReadFile("/tmp/fk/out/" + c[0] + ".txt")
		e, _ := htmlindex.Get(c[1])
		for _, l := range strings.Split(string(b), "\n") {
			_, w, _ := strings.Cut(l, "\t")
			if strings.IndexFunc(w, func(r rune) bool { return r > 127 }) < 0 {
				continue
			}
			if x, err := e.NewEncoder().String(w); err == nil && r.Intn(10) == 0 {
				var s Sample
				s.Take([]byte(x), 0)
				words := slices.Sorted(maps.Keys(s.words))
				h := western1252.read(words)
				top, gain := best(words, h)
				if g := s.Guess(); g.Name == "windows-1252" {
					fmt.Printf("%s %s %q: top %s gain %.0f perchar %.1f home %.1f\n", c[0], w, x, top.name, gain, top.perChar(words), h.perChar(words))
				}
			}
		}
	}
}
