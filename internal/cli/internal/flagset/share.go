package flagset

import (
	"strconv"
	"strings"

	"razebulk/batch/pace"
	"razebulk/internal/reason"
)

// Share is the value of a flag that is a number or a percentage: "30" or "12.5%".
type Share struct{ To *pace.Share }

// Set implements pflag's Value.
func (f Share) Set(text string) error {
	if number, percent := strings.CutSuffix(text, "%"); percent {
		p, err := strconv.ParseFloat(number, 64)
		if err != nil || !(p > 0 && p <= 100) {
			return reason.New("not_percentage", "given", text)
		}
		*f.To = pace.Share{Percent: p}
		return nil
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < 0 {
		return reason.New("not_share", "given", text)
	}
	*f.To = pace.Share{Count: n}
	return nil
}

// String implements pflag's Value.
func (f Share) String() string {
	switch {
	case f.To == nil:
		return ""
	case f.To.Percent > 0:
		return strconv.FormatFloat(f.To.Percent, 'f', -1, 64) + "%"
	}
	return strconv.Itoa(f.To.Count)
}

// Type implements pflag's Value. It returns what --help calls the value.
func (f Share) Type() string { return "N|N%" }
