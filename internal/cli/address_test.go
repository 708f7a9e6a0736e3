package cli_test

import (
	"testing"

	"razebulk/internal/cli/internal/reporting"
)

func TestSpellingsOfAnAddressAreOneAddress(t *testing.T) {
	for given, want := range map[string]string{
		"https://app.getraze.com/api/v1":    "https://app.getraze.com/api/v1",
		"https://app.getraze.com/api/v1///": "https://app.getraze.com/api/v1",
		"HTTPS://App.GetRaze.com/api/v1/":   "https://app.getraze.com/api/v1",
		"https://app.getraze.com/API/v1":    "https://app.getraze.com/API/v1",
		"http://127.0.0.1:8080/":            "http://127.0.0.1:8080",
		"http://[::1]:8080":                 "http://[::1]:8080",
		"sandbox":                           "sandbox",
		"http://%zz/":                       "http://%zz",
	} {
		if got := reporting.AddressOf(given); got != want {
			t.Errorf("%s: got %s, want %s", given, got, want)
		}
	}
}
