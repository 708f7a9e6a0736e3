package cli

import (
	"context"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"razebulk/csvmap"
	"razebulk/internal/cli/internal/console"
	"razebulk/internal/cli/internal/flagset"
	"razebulk/internal/cli/internal/sheet"
	"razebulk/internal/cli/internal/terminal"
	"razebulk/internal/cli/internal/usage"
	"razebulk/internal/config"
	"razebulk/internal/event"
	"razebulk/internal/files"
	"razebulk/internal/reason"
	"razebulk/internal/run"
	"razebulk/internal/update"
	"razebulk/internal/words"
)

func newColumns() *cobra.Command {
	var flags sheet.Flags
	var stage bool
	var save string
	cmd := &cobra.Command{
		Use:   "columns [flags] FILE",
		Short: "Show how each column of a sheet would be read",
		Long: `columns shows, for each column of FILE ("-" is standard input), the field that
it holds, its first values, and what update would send for them. Nothing is
sent, and no key is needed. The exit code is 2 if update would refuse the sheet.`,
		Args: usage.OneFile,
		RunE: func(cmd *cobra.Command, args []string) error {
			w := (&command{cmd: cmd}).words()
			options, err := flags.Options()
			if err == nil {
				options.Stage = stage
				err = showColumns(cmd, w, args[0], options, save)
			}
			return err
		},
	}
	g := &flagset.Groups{}
	flags.Define(g.Of(flagset.Sheet))
	g.Of(flagset.Sheet).BoolVar(&stage, "stage", false, "as update reads it with --stage")
	g.Of(flagset.Files).StringVar(&save, "save", "", "save how the sheet is read in the settings `FILE`, for other sheets like it")
	g.AddTo(cmd)
	return cmd
}

// showColumns shows how the sheet would be read, and fails if it would be refused. Otherwise it saves the mapping if
// save names a file.
func showColumns(cmd *cobra.Command, w *words.Words, file string, options csvmap.Options, save string) error {
	if run.IsAddress(file) {
		return reason.New("file_is_address", "file", file)
	}
	c := console.New(cmd.InOrStdin(), cmd.OutOrStdout(), cmd.ErrOrStderr(), file == "-", false, false)
	opened, stop := run.NewEvents(newPrinter(c, w, nil).handle).FollowInput(event.Checking, files.NameOf(file))
	defer stop()
	input, err := files.OpenInput(context.Background(), file, cmd.InOrStdin())
	if err != nil {
		return err
	}
	defer input.Close()
	opened(input)
	read, err := csvmap.NewPreview(input, input.Size(), options)
	if err != nil {
		return &update.SheetError{Name: input.Name(), Cause: err}
	}
	stop()
	columns := 0
	if width := terminal.ColumnsOf(cmd.OutOrStdout()); width != nil {
		columns = width()
	}
	if _, err := io.WriteString(cmd.OutOrStdout(), words.VisibleLines(previewText(w, read, columns))); err != nil {
		return err
	}
	if read.Unusable != nil {
		return &update.SheetError{Name: input.Name(), Cause: read.Unusable}
	}
	if save == "" {
		return nil
	}
	if err := config.Save(save, sheet.Settings(read, options), knownSettings()); err != nil {
		return err
	}
	fmt.Fprintln(cmd.ErrOrStderr(), words.Visible(w.Say("saved_settings", "file", save, "command", commandLine("update", []string{"--config", save}, nil, file))))
	return nil
}
