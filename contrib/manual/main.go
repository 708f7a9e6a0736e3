// Command manual writes to a folder what packages contain in addition to the program: manual pages, and completions for
// four shells. Its output depends only on the program and SOURCE_DATE_EPOCH.
package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/cobra/doc"
	"github.com/spf13/pflag"

	"razebulk/internal/cli"
)

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: manual FOLDER")
		os.Exit(2)
	}
	if err := write(os.Args[1]); err != nil {
		fmt.Fprintln(os.Stderr, "manual:", err)
		os.Exit(1)
	}
}

// write creates the folder and fills it.
func write(folder string) error {
	man, completion := filepath.Join(folder, "man"), filepath.Join(folder, "completion")
	for _, made := range []string{man, completion} {
		if err := os.MkdirAll(made, 0o755); err != nil {
			return err
		}
	}
	root := cli.Command()
	err := errors.Join(
		root.GenBashCompletionFileV2(filepath.Join(completion, "razebulk.bash"), true),
		root.GenZshCompletionFile(filepath.Join(completion, "_razebulk")),
		root.GenFishCompletionFile(filepath.Join(completion, "razebulk.fish"), true),
		root.GenPowerShellCompletionFileWithDesc(filepath.Join(completion, "razebulk.ps1")),
	)
	prepare(root)
	return errors.Join(err, doc.GenManTree(root, &doc.GenManHeader{Section: "1", Source: "razebulk", Manual: "razebulk"}, man))
}

// prepare turns the commands' texts into Markdown, from which the pages are made.
func prepare(cmd *cobra.Command) {
	cmd.DisableAutoGenTag = true
	cmd.Long = tablesApart(cmd.Long)
	cmd.Flags().VisitAll(func(flag *pflag.Flag) { flag.Usage = strings.ReplaceAll(flag.Usage, "<", `\<`) })
	for _, sub := range cmd.Commands() {
		prepare(sub)
	}
}

// tablesApart keeps the indented lines of tables and examples from being joined into paragraphs.
func tablesApart(text string) string {
	var out strings.Builder
	indented := false
	for line := range strings.Lines(text) {
		if is := strings.HasPrefix(line, "  "); is != indented {
			out.WriteString("\n")
			indented = is
		}
		if indented {
			out.WriteString("    ")
		}
		out.WriteString(line)
	}
	return out.String()
}
