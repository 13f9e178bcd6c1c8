package table

import (
	"bytes"
	"fmt"
	"strings"

	"github.com/xuri/excelize/v2"
)

// maxUnpacked is how large a workbook may be unpacked, in bytes: rows of text are far smaller, and a small file can unpack to any size.
const maxUnpacked = 1 << 30

// workbook reads one sheet: the one that is named, else the first that holds anything.
func (t *Table) workbook(data []byte, sheet string) error {
	book, err := excelize.OpenReader(bytes.NewReader(data), excelize.Options{UnzipSizeLimit: maxUnpacked, UnzipXMLSizeLimit: maxUnpacked / 8, ShortDatePattern: "yyyy-mm-dd"})
	if err != nil {
		return t.problem(0, 0, "the file is packed, but no workbook (.xlsx) that can be read; save it as .xlsx, or as CSV in UTF-8")
	}
	defer book.Close() // of memory only
	names := book.GetSheetList()
	var others []string
	found := false
	for _, name := range names {
		if sheet != "" && name != sheet {
			continue
		}
		rows, err := book.GetRows(name)
		switch {
		case err != nil:
			return t.problem(0, 0, "the sheet %q cannot be read: %v", name, err)
		case len(rows) == 0 && sheet == "":
		case found:
			others = append(others, fmt.Sprintf("%q", name))
		default:
			found = true
			t.Form = fmt.Sprintf("workbook (.xlsx), sheet %q", name)
			for i, cells := range rows {
				for k := range cells {
					cells[k] = lines(cells[k])
				}
				t.add(i+1, cells)
			}
		}
	}
	switch {
	case sheet != "" && !found:
		return t.problem(0, 0, "there is no sheet %q; there are %s", sheet, strings.Join(names, ", "))
	case len(others) > 0:
		t.note("Other sheets were passed over: %s. --sheet names one.", strings.Join(others, ", "))
	}
	return nil
}
