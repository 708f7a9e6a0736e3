package main

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"strconv"

	"golang.org/x/sync/errgroup"
)

// least is the smallest Go program that does the job: each row is a request, and its answer is discarded. It checks
// nothing and records nothing.
func least(sheet, address, connections string) error {
	workers, err := strconv.Atoi(connections)
	if err != nil {
		return err
	}
	file, err := os.Open(sheet)
	if err != nil {
		return err
	}
	defer file.Close()
	rows := csv.NewReader(file)
	header, err := rows.Read()
	if err != nil {
		return err
	}
	transport := http.DefaultTransport.(*http.Transport).Clone()
	transport.MaxIdleConnsPerHost, transport.MaxConnsPerHost = workers, workers
	client := &http.Client{Transport: transport}
	work := make(chan []string)
	var group errgroup.Group
	for range workers {
		group.Go(func() error {
			for row := range work {
				if err := putRow(client, address, header, row); err != nil {
					return err
				}
			}
			return nil
		})
	}
	for {
		row, err := rows.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return err
		}
		work <- row
	}
	close(work)
	return group.Wait()
}

func putRow(client *http.Client, address string, header, row []string) error {
	fields := make(map[string]any, len(row))
	for i, cell := range row[1:] {
		fields[header[i+1]] = cell
	}
	body, err := json.Marshal(fields)
	if err != nil {
		return err
	}
	request, err := http.NewRequest(http.MethodPut, address+"/opportunities/"+row[0], bytes.NewReader(body))
	if err != nil {
		return err
	}
	request.Header.Set("X-API-Key", key)
	request.Header.Set("Content-Type", "application/json")
	response, err := client.Do(request)
	if err != nil {
		return err
	}
	defer response.Body.Close()
	if response.StatusCode != http.StatusOK {
		return fmt.Errorf("%s: %s", row[0], response.Status)
	}
	_, err = io.Copy(io.Discard, response.Body)
	return err
}
