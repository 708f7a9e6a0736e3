package codepage

import (
	"slices"

	"github.com/saintfish/chardet"
)

// asianNames maps the library's encodings that use two bytes for most characters to their names for users.
var asianNames = map[string]string{
	"GB-18030": "gb18030", "Big5": "big5", "Shift_JIS": "shift_jis", "EUC-JP": "euc-jp", "EUC-KR": "euc-kr",
}

// asian returns the most likely Chinese, Japanese or Korean encoding of the text, and its confidence and lead, in
// percent.
func (s *Sample) asian() (name string, percent, lead int) {
	results, err := chardet.NewTextDetector().DetectAll(s.raw)
	if err != nil {
		return "", 0, 0
	}
	results = slices.DeleteFunc(results, func(r chardet.Result) bool { return asianNames[r.Charset] == "" })
	slices.SortStableFunc(results, func(a, b chardet.Result) int { return b.Confidence - a.Confidence })
	if len(results) == 0 {
		return "", 0, 0
	}
	lead = results[0].Confidence
	if len(results) > 1 {
		lead -= results[1].Confidence
	}
	return asianNames[results[0].Charset], results[0].Confidence, lead
}
