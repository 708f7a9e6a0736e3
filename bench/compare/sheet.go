package main

import (
	"bufio"
	"encoding/base64"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
)

// key is the key that every program sends; the server ignores it.
const key = "gr_live_compare"

func id(n int) string { return fmt.Sprintf("%08d-0000-4000-8000-000000000000", n) }

// makeSheet writes a sheet of ten columns.
func makeSheet(path string, rows int) error {
	return writeFile(path, func(w *bufio.Writer) error {
		fmt.Fprintln(w, "id,name,email,phone,company,position,deal_value,deal_currency,notes,responsible_user_id")
		for n := range rows {
			_, err := fmt.Fprintf(w, "%s,Renovação %d,ana%d@example.com,+55 11 9%07d,\"Padaria Estrela, Filial %d\",Compras,%d.50,BRL,ligar na segunda,user-%d\n",
				id(n), n, n, n, n%99, n, n%7)
			if err != nil {
				return err
			}
		}
		return nil
	})
}

func writeFile(path string, write func(*bufio.Writer) error) error {
	file, err := os.Create(path)
	if err != nil {
		return err
	}
	w := bufio.NewWriter(file)
	return errors.Join(write(w), w.Flush(), file.Close())
}

// eachRow calls use with the id and the body of every row of a sheet.
func eachRow(sheet string, use func(id string, body []byte) error) error {
	file, err := os.Open(sheet)
	if err != nil {
		return err
	}
	defer file.Close()
	rows := csv.NewReader(file)
	header, err := rows.Read()
	for err == nil {
		var row []string
		if row, err = rows.Read(); err != nil {
			break
		}
		fields := map[string]string{}
		for i, cell := range row[1:] {
			fields[header[i+1]] = cell
		}
		body, failed := json.Marshal(fields)
		if err = failed; err == nil {
			err = use(row[0], body)
		}
	}
	if errors.Is(err, io.EOF) {
		return nil
	}
	return err
}

// vegetaTargets prepares a sheet for vegeta: one JSON object per line.
func vegetaTargets(sheet, targets, address string) error {
	return writeFile(targets, func(w *bufio.Writer) error {
		return eachRow(sheet, func(id string, body []byte) error {
			_, err := fmt.Fprintf(w, `{"method":"PUT","url":"%s/opportunities/%s","body":"%s","header":{"X-API-Key":["%s"],"Content-Type":["application/json"]}}`+"\n",
				address, id, base64.StdEncoding.EncodeToString(body), key)
			return err
		})
	})
}

// curlConfig prepares a sheet for curl: a file of options, with a section for each transfer.
func curlConfig(sheet, config, address string) error {
	return writeFile(config, func(w *bufio.Writer) error {
		first := true
		return eachRow(sheet, func(id string, body []byte) error {
			if !first {
				fmt.Fprintln(w, "next")
			}
			first = false
			data, err := json.Marshal(string(body)) // quoted as curl wants it
			if err != nil {
				return err
			}
			_, err = fmt.Fprintf(w, "url = \"%s/opportunities/%s\"\nrequest = PUT\nheader = \"X-API-Key: %s\"\nheader = \"Content-Type: application/json\"\ndata = %s\noutput = /dev/null\n",
				address, id, key, data)
			return err
		})
	})
}
