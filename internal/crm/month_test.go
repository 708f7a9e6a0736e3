package crm

import "testing"

func TestIsMonth(t *testing.T) {
	for text, want := range map[string]bool{
		"05/dez": true, "1-Mar": true, "mai/26": true, "12 de março de 2026": true, "Sept. 10": true, "3. März": true, "10 set": true, "févr-24": true, "05.DEZ": true,
		"aprox. 10": false, "10 marcas": false, "novo 2": false, "setor 7": false, "agora 5": false, "10 decimais": false, "mar": false, "10": false, "junto 3": false,
	} {
		if got := IsMonth(text); got != want {
			t.Errorf("%q: got %t", text, got)
		}
	}
}
