package textfile

import (
	"testing"

	"golang.org/x/text/encoding/charmap"

	"razebulk/csvmap/internal/sheettest"
)

// TestDegreesOfMSDOSAreNotLetters reads sheets of MS-DOS that have no letter beyond ASCII, and western ones that are
// like them.
func TestDegreesOfMSDOSAreNotLetters(t *testing.T) {
	sheet := func(encoding *charmap.Charmap, text string) string {
		return encoded(t, encoding, "id;notes\r\nA;"+text+"\r\nB;ok\r\n")
	}
	for _, text := range []string{"Temp. 25°C", "25 °C"} {
		_, _, err := rowsOf(sheet(charmap.CodePage850, text), Options{})
		sheettest.WantError(t, err, `in ibm850 it would be "°"`, "most likely ibm850")
	}
	_, _, err := rowsOf(sheet(charmap.CodePage437, "77 °F"), Options{})
	sheettest.WantError(t, err, "most likely ibm850")
	for _, text := range []string{"tubo ø20mm", "10øre", "10 øre", "25ø pr. stk", "Bygning 4ø", "en ø i havet", "25°C", "Ø 20", "10 × 20", "90º"} {
		if f, rows, err := rowsOf(sheet(charmap.Windows1252, text), Options{}); err != nil || f.words() != "Windows-1252, semicolon" || rows[0].Name != text {
			t.Errorf("%s: %s, %v, %v", text, f.words(), rows, err)
		}
	}
}
