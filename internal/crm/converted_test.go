package crm

import (
	"strings"
	"testing"
)

func TestIsConverted(t *testing.T) {
	for _, text := range strings.Split("01199990001|5511999990001|007|1/2|10-20|(12)|-12|+12|3 Mar|TRUE|verdadeiro|Falso|VERDADERO|vrai|FAUX|Wahr|falsch|"+
		"1e5|1,5|1.234,56|.5|,5|5%|%5|$5|R$ 5|R$\u00a05|-R$ 5|US$ 5|€5|5 €|(R$ 5)|10:30|5 pm|12.03.2026|2026-03-12|2026-03-12 10:30|1 1/2|"+
		"mar/26|Mar-5|March 3, 2026|março 2026|12 de março de 2026 10:30 PM|1. März|févr. 24|ene 5|(11) 99999-0001|0|3 lojas|"+
		"１２", "|") {
		if !IsConverted(text) {
			t.Errorf("%q is not shielded", text)
		}
	}
	for _, text := range strings.Split("|Ana|A1|Fase 2|R2|marcas 5|Março|maio|E5|Falso alarme|true story|.|-|()|R$|#1|'007|1a@example.com|"+
		"12345678-1234-1234-1234-123456789012|2025-08-12T10:43:44.000Z|10 licenças, entregar até o fim de maio", "|") {
		if IsConverted(text) {
			t.Errorf("%q is shielded", text)
		}
	}
}

func TestEscapeForExcel(t *testing.T) {
	for text, want := range map[string]string{
		"007": `="007"`, "1,5": `="1,5"`, "Ana": "Ana", "": "", "=1": "'=1", "+55 11": "'+55 11", "1;-5": "1;'-5",
		`5"`: `5"`, "1\n2": "1\n2", strings.Repeat("1", 255): `="` + strings.Repeat("1", 255) + `"`, strings.Repeat("1", 256): strings.Repeat("1", 256),
	} {
		if got := EscapeForExcel(text); got != want {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
}
