package pace_test

import (
	"context"
	"fmt"
	"time"

	"razebulk/batch/pace"
	"razebulk/internal/getraze"
)

// Every request passes Wait, and its result goes to Observe. What the answers say about the quota then decides when the
// others may go out.
func ExamplePacer() {
	p := pace.NewPacer(pace.Limits{PerSecond: 5, Reserve: pace.Share{Percent: 10}})
	grant, err := p.Wait(context.Background())
	if err != nil {
		fmt.Println(err)
		return
	}
	now := time.Now() // here the request is made, and this is its answer
	answer := getraze.Answer{
		HTTPStatus: 200, Date: now,
		Quota: getraze.Quota{Limit: 1000, Remaining: 999, Reset: now.Add(40 * time.Minute)},
	}
	p.Observe(grant, pace.Seen{Row: 2, Answer: answer})

	outlook := p.Outlook(2000)
	fmt.Printf("2,000 more requests take %d windows of %d\n", outlook.Windows, outlook.Limit)
	// Output: 2,000 more requests take 3 windows of 1000
}
