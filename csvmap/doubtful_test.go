package csvmap

import (
	"strings"
	"testing"

	"razebulk/csvmap/internal/amount"
)

func TestThreeDecimalsBesideACurrency(t *testing.T) {
	const rows = "id;deal_value\n1;R$ 2.500\n2;R$ 1.000\n3;10.5\n4;7.25\n5;3.5\n6;9.1\n"
	const rest = "4 3 deal_value=10.5\n5 4 deal_value=7.25\n6 5 deal_value=3.5\n7 6 deal_value=9.1\n"
	const refused = "2 1 !amount_currency_decimals deal_value\n3 2 !amount_currency_decimals deal_value\n" + rest
	for _, c := range []struct {
		name, sheet string
		o           Options
		want        string
	}{
		{"without thousandths", rows, Options{}, refused},
		{"with thousandths", strings.ReplaceAll(rows, "R$", "KWD"), Options{}, "2 1 deal_value=2.500\n3 2 deal_value=1.000\n" + rest},
		{"without a currency", strings.ReplaceAll(rows, "R$ ", ""), Options{}, "2 1 deal_value=2.500\n3 2 deal_value=1.000\n" + rest},
		{"with a decimal separator given", rows, Options{Decimal: amount.Point}, "2 1 deal_value=2.500\n3 2 deal_value=1.000\n" + rest},
		{"with more currencies", "id;deal_value\n1;R$ 1.500\n2;R$ 10.50\n3;R$ 7.2\n", Options{},
			"2 1 !amount_currency_decimals deal_value\n3 2 deal_value=10.50\n4 3 deal_value=7.2\n"},
		{"among the rows that failed", "id;deal_value;raze_decimal\n1;R$ 2.500;point\n", Options{}, "2 1 !amount_currency_decimals deal_value\n"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := sentOf(c.sheet, c.o); got != c.want {
				t.Errorf("got\n%swant\n%s", got, c.want)
			}
		})
	}
}
