package csvmap_test

import (
	"fmt"
	"iter"
	"strings"

	"razebulk/csvmap"
)

// A sheet from a Brazilian Excel, read as an update reads it.
func ExampleInspect() {
	const sheet = "ID;Nome;Valor;Telefone\n" +
		"opp_1;Padaria Estrela;1.234,50;+55 51 97700-8229\n" +
		"opp_2;;1.500;5,55198E+12\n"
	reading, err := csvmap.Inspect(strings.NewReader(sheet), int64(len(sheet)), csvmap.Options{}, func(rows iter.Seq2[csvmap.Row, error]) error {
		for row, err := range rows {
			if err != nil {
				return err
			}
			fmt.Println("row", row.Number, row.ID)
			for _, c := range row.Cells {
				fmt.Printf("  %s = %s\n", c.Field, c.Text)
			}
			for _, p := range row.Problems {
				fmt.Printf("  refused: %s in %s\n", p.Code, p.Column)
			}
		}
		return nil
	})
	if err != nil {
		fmt.Println("the sheet can't be used:", err)
		return
	}
	defer reading.Close()
	fmt.Println(reading)

	// Output:
	// row 2 opp_1
	//   name = Padaria Estrela
	//   phone = +55 51 97700-8229
	//   deal_value = 1234.50
	// row 3 opp_2
	//   deal_value = 1500
	//   refused: number_shortened in Telefone
	// UTF-8, semicolon, decimal comma
}
