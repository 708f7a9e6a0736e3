package textfile

import (
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
)

// inEncodings holds cells in one language, and the encodings of its sheets.
type inEncodings struct {
	encodings []string
	cells     []string
}

// outcomes counts the outcomes of sheets.
type outcomes struct{ read, refused, wrong int }

// corpora are files of cells that were written independently of each other. The letter costs are based on none but
// the first.
var corpora = []string{"names.txt", "cells.txt", "unseen.txt"}

// TestNoOldEncodingIsTakenForAnother reads sheets of 1 to 50 cells in each encoding that is common for a language:
// all in Windows-1252 are read, and no other encoding is mistaken for a different one.
func TestNoOldEncodingIsTakenForAnother(t *testing.T) {
	if testing.Short() {
		t.Skip("takes long for a short run")
	}
	for _, name := range corpora {
		t.Run(name, func(t *testing.T) {
			random := rand.New(rand.NewPCG(5, 6)) //nolint:gosec // the same sheets each time
			var western, others outcomes
			for _, language := range cellsOfLanguages(t, name) {
				for _, name := range language.encodings {
					found, err := findEncoding(name)
					if err != nil {
						t.Fatal(err)
					}
					count := &others
					if strings.HasPrefix(name, "windows-1252") || name == "iso-8859-1" || name == "iso-8859-15" {
						count = &western
					}
					for round := range 24 {
						cells := make([]string, []int{1, 2, 3, 5, 10, 50}[round%6])
						for i := range cells {
							cells[i] = language.cells[random.IntN(len(language.cells))]
						}
						count.take(t, found, name, cells)
					}
				}
			}
			t.Logf("Western %+v, others %+v", western, others)
			if western.refused+western.wrong > 0 || others.wrong > 0 {
				t.Error("too many are refused or wrong")
			}
		})
	}
}

// cellsOfLanguages reads a corpus.
func cellsOfLanguages(t *testing.T, name string) (all []inEncodings) {
	t.Helper()
	text, err := os.ReadFile("../codepage/testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(text)) {
		if parts := strings.Split(strings.TrimSpace(line), "|"); len(parts) == 3 {
			all = append(all, inEncodings{strings.Fields(parts[0]), strings.Split(parts[2], ";")})
		}
	}
	return all
}

// westernSigns are cells whose only characters beyond ASCII are signs, as in English and other sheets: in an MS-DOS
// or Macintosh encoding the same bytes are letters.
const westernSigns = `O’Brien|don’t call|it’s fine|customer’s order|the Joneses’ house|“quoted words”|‘single’|call back…|later…|Call later… maybe|… and so on|price – 20%|2019–2020|Mon–Fri|São Paulo–Rio|London–Paris|yes — no|yes—no|• first item|•item|100 €|€ 100|€100|£500|¥ 500|25 °C|25°C|90°|½ price|1½ inch|1¼ A|Brand®|Brand™|© 2024 Acme|A·B|± 5%|5 × 3|m²|120 m³|nº 5|1º andar|2ª via|§ 5|§5|¿qué?|¡hola!|¡Hola!|D’Angelo|L’Oréal|l’hôtel|d’accord|aujourd’hui|qu’il|dell’Acqua|all’inizio|’s avonds|foto’s|rock ’n’ roll|I’m here|we’re|they’ll|can’t|Ana` + "\u00a0" + `Silva|ligar` + "\u00a0" + `amanha|R$` + "\u00a0" + `10|10` + "\u00a0" + `000|M.` + "\u00a0" + `Dupont|John Smith` + "\u00a0" + `|` + "\u00a0" + `John|Total` + "\u00a0" + `: 5|„Hallo“|»Hallo«|«Bonjour»|‹x›|10‰|N’Diaye|Sant’Anna|Côte d’Ivoire|Rua D’Água|Pão d’Alho|Jeanne d’Arc|5’ 10”|24” monitor|MS Office™ licence|5 µm|†1999|café|Zoë|naïve|Ø 20 mm|æ|Ñ|é|à|Ç|A4 – pág. 3|50 %|100ºC|Dr.ª Ana|Sr.º|Av. 9 de Julho, nº 10|km²|Français|O’Neill – VIP|wait…what|Ok…|aguardando…|ligar…|Acme’s|Mc’Donald|Hawai’i|Qur’an|“ligar amanha”|preço “bom”|Müller‑Test|20€/m²|·|–|…|’|”|°|€`

// Cells that could equally be such letters if the sheet contains nothing else.
const doubtfulSigns = `later…|Call later… maybe|… and so on|yes—no|1¼ A|ligar` + "\u00a0" + `amanha|John Smith` + "\u00a0" + `|Total` + "\u00a0" + `: 5|5 µm|wait…what|ligar…|Qur’an|…|”`

func TestSignsAloneAreWestern(t *testing.T) {
	doubtful := strings.Split(doubtfulSigns, "|")
	var western outcomes
	var sure []string
	for _, text := range strings.Split(westernSigns, "|") {
		if !slices.Contains(doubtful, text) {
			sure = append(sure, text)
			western.take(t, charmap.Windows1252, "windows-1252", []string{text})
		}
	}
	for i := range 20 { // among others they raise no doubt
		western.take(t, charmap.Windows1252, "windows-1252", slices.Concat(doubtful[i%len(doubtful):][:1], sure[i:i+9]))
	}
	if western.refused+western.wrong > 0 {
		t.Errorf("%+v", western)
	}
}

func (o *outcomes) take(t *testing.T, e encoding.Encoding, name string, cells []string) {
	t.Helper()
	var text strings.Builder
	text.WriteString("id,name\n")
	for i, cell := range cells {
		fmt.Fprintf(&text, "%d,%s\n", i, cell)
	}
	raw, err := encoding.ReplaceUnsupported(e.NewEncoder()).String(text.String())
	if err != nil {
		t.Fatal(name, err)
	}
	sent, err := e.NewDecoder().String(raw)
	if err != nil {
		t.Fatal(name, err)
	}
	_, rows, err := rowsOf(raw, Options{})
	if err != nil {
		o.refused++
		if strings.HasPrefix(name, "windows-1252") || strings.HasPrefix(name, "iso-8859-1") {
			t.Logf("%q: %v", cells, err)
		}
		return
	}
	_, want, err := rowsOf(sent, Options{Encoding: "utf-8"})
	if err != nil {
		t.Fatal(err)
	}
	if fmt.Sprint(rows) == fmt.Sprint(want) {
		o.read++
		return
	}
	o.wrong++
	t.Logf("%s %q: wrong, %v", name, cells, rows)
}
