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
)

func TestEl(t *testing.T) {
	r := rand.New(rand.NewSource(3))
	b, _ := os.ReadFile("/tmp/train/test/el.txt")
	var items []string
	for _, w := range strings.Split(string(b), "\n") {
		if e, err := charmap.Windows1253.NewEncoder().String(w); err == nil {
			items = append(items, e)
		}
	}
	var s Sample
	for i := 0; i < 200; i++ {
		s.Take([]byte(items[r.Intn(len(items))]+"\n"), 0)
	}
	words := slices.Sorted(maps.Keys(s.words))
	h := western1252.read(words)
	top, gain := best(words, h)
	fmt.Println(top.name, gain, top.perChar(words), top.lead(words))
	for _, o := range readings(words) {
		g, d := top.compare(o, words)
		fmt.Print(o.name, " ", g, " ", d, "; ")
		if o.name == "iso-8859-7" || o.name == "windows-1253" {
			for j, w := range words {
				if g := o.costs[j] - top.costs[j]; g != 0 {
					fmt.Print(top.decode(w), " ", o.decode(w), " ", g, ", ")
				}
			}
		}
	}
}
