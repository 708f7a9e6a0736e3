package naming

import (
	"razebulk/csvmap/internal/amount"
	"razebulk/internal/crm"
	"razebulk/internal/lazyregexp"
)

// These match a header with the currency of its amounts: Valor (R$), Amount [USD], Valor em R$, Valor BRL.
var (
	unitForm     = lazyregexp.New(`(?s)^(.+?)\s*[(\[]\s*(?:em |in |en )?\s*([^()\[\]]+?)\s*[)\]]\s*[*:]?$`)
	bareUnitForm = lazyregexp.New(`(?s)^(.+?)(?:[\s_/-]+(?:em|in|en))?[\s_/-]+([A-Z]{3}|[A-Za-z]{0,3}\p{Sc})$`)
)

// maxWithUnit is the maximum length of a header with a currency, in bytes: a line of a file in another format may be
// very long.
const maxWithUnit = 128

// Known returns what a header means on its own, and the currency that it gives after the name of an amount.
func Known(header string) (field, unit string, found bool) {
	if field, found = columnsByKey()[Key(header)]; found {
		return field, "", true
	}
	if len(header) > maxWithUnit {
		return "", "", false
	}
	for _, form := range []*lazyregexp.Regexp{unitForm, bareUnitForm} {
		parts := form.FindStringSubmatch(header)
		if parts == nil {
			continue
		}
		if field = columnsByKey()[Key(parts[1])]; crm.IsNumber(field) {
			if unit = amount.ReadSign(parts[2]); unit != "" {
				return field, unit, true
			}
		}
	}
	return "", "", false
}
