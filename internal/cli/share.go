package cli

import (
	"fmt"
	"strconv"
	"strings"

	"razebulk/batch/pace"
)

// shareFlag is a number, or a part in percent: "30" or "12.5%".
type shareFlag struct{ share *pace.Share }

// Set implements pflag's Value.
func (f shareFlag) Set(text string) error {
	if number, percent := strings.CutSuffix(text, "%"); percent {
		p, err := strconv.ParseFloat(number, 64)
		if err != nil || !(p > 0 && p <= 100) {
			return fmt.Errorf("%q is not a percentage of more than 0 and up to 100", text)
		}
		*f.share = pace.Share{Percent: p}
		return nil
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < 0 {
		return fmt.Errorf("%q is not a number such as 30, or a percentage such as 10%%", text)
	}
	*f.share = pace.Share{Count: n}
	return nil
}

// String implements pflag's Value.
func (f shareFlag) String() string {
	switch {
	case f.share == nil:
		return ""
	case f.share.Percent > 0:
		return strconv.FormatFloat(f.share.Percent, 'f', -1, 64) + "%"
	}
	return strconv.Itoa(f.share.Count)
}

// Type implements pflag's Value: what --help calls the value.
func (f shareFlag) Type() string { return "N|N%" }
