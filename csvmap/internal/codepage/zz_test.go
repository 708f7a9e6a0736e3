package codepage

import (
	"fmt"
	"math/rand"
	"os"
	"strings"
	"testing"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/unicode/norm"
)

func TestFiles(t *testing.T) {
	for _, f := range strings.Fields("enc_pl2_iso8859-2 enc_ro_cp1250 enc_tr_cp1254 l08b_zh_short_gbk l08c_ko_euckr_short l08d_ru1251_short l08e_pl1250 l08g_cz1250 r1_mac_cr_last_crlf") {
		b, _ := os.ReadFile("/work/shared/sheets/" + f + ".csv")
		var s Sample
		s.Take(b, 0)
		g := s.Guess()
		fmt.Println(f, g.Name, g.Sure, g.Word)
	}
}
func fold(s, lang string) string {
	s = norm.NFC.String(s)
	s = strings.NewReplacer("ș", "ş", "ț", "ţ", "Ș", "Ş", "Ț", "Ţ").Replace(s)
	return s
}
func TestHeld(t *testing.T) {
	ks := []int{2, 5, 10, 30, 100, 300}
	if os.Getenv("EX") != "" {
		ks = []int{2, 5, 10, 300}
	}
	r := rand.New(rand.NewSource(1))
	all := append([]page{western1252}, pages...)
	for _, p := range all {
		if o := os.Getenv("ONLY"); o != "" && !strings.Contains(p.name, o) {
			continue
		}
		for _, lang := range strings.Fields(p.languages) {
			b, err := os.ReadFile("/tmp/train/test/" + lang + ".txt")
			if err != nil {
				continue
			}
			var items []string
			for _, w := range strings.Split(string(b), "\n") {
				w = fold(w, lang)
				if e, err := p.charmap.NewEncoder().String(w); err == nil {
					items = append(items, e)
				}
			}
			fmt.Printf("%-14s %-3s", p.name, lang)
			for _, k := range ks {
				var silent, right, refR, refW, wrong int
				var ex string
				for n := 0; n < 25; n++ {
					var s Sample
					var txt strings.Builder
					for i := 0; i < k; i++ {
						txt.WriteString(items[r.Intn(len(items))] + "\n")
					}
					if strings.IndexFunc(txt.String(), func(r rune) bool { return r > 127 }) < 0 {
						silent++
						continue
					}
					s.Take([]byte(txt.String()), 0)
					g := s.Guess()
					dec := func(n string) string {
						for _, q := range all {
							if q.name == n {
								o, _ := q.charmap.NewDecoder().String(txt.String())
								return o
							}
						}
						return ""
					}
					same := dec(g.Name) == dec(p.name)
					switch {
					case g.Sure && g.Name == "windows-1252" && same:
						silent++
					case g.Sure && same:
						right++
					case g.Sure:
						wrong++
						ex = dec(g.Name) + g.Word
					case same:
						refR++
					default:
						refW++
						if ex == "" {
							ex = dec("windows-1252") + g.Word
						}
					}
				}
				fmt.Printf(" | %d: s%d r%d f%d/%d W%d", k, silent, right, refR, refW, wrong)
				if ex != "" && os.Getenv("EX") != "" {
					fmt.Printf("  [%.300q]\n", ex)
				}
			}
			fmt.Println()
		}
	}
}

var _ = charmap.Windows1252
