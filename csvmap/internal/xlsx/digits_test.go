package xlsx

import "testing"

func TestFormatsThatShowOtherDigits(t *testing.T) {
	for code, numbers := range map[string]map[string]bool{
		"00000":               {"123": false, "12345": true, "123456": true, "0": false},
		`"+55 "00 00000-0000`: {"11987654321": false},
		`\+55\ 00`:            {"11": false},
		"(00) 00000-0000":     {"11987654321": true, "1198765432": false},
		`[<=9999999]###\-####;\(###\)\ ###\-####`: {"5551234": true, "2125551234": true},
		"[<100]000;0":                {"99": false, "100": true},
		"[>=100]0;[<5]0000;00000000": {"100": true},
		"#,##0":                      {"1234": true, "0": true},
		"#,##0,":                     {"1234": false},
		"0.00":                       {"123": false},
		"0.##":                       {"123": false},
		"0.00E+00":                   {"5511987654321": false},
		"# ?/?":                      {"5": false},
		";;;":                        {"5": false},
		"0;-0;;@":                    {"5": true, "-5": true, "0": false},
		"0;\"9\"0;0":                 {"5": true, "-5": false},
		"@":                          {"5": true},
		"General":                    {"5": true},
		`General" kg"`:               {"5": true},
		`"+55 "General`:              {"11987654321": false},
		`General"/2"`:                {"5": false},
		"[$R$-416] #,##0":            {"5": true},
		"[$5-416] #,##0":             {"5": false},
		"[Red]0":                     {"5": true},
	} {
		for text, want := range numbers {
			number, err := storedNumber(text)
			if got := newFormat(code).shows(number, text); got != want || err != nil {
				t.Errorf("%s in %s: got %t, %v", text, code, got, err)
			}
		}
	}
}
