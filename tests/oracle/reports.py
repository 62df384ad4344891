"""What other readers find in reports: reports.py FILE prints JSON. Needs openpyxl for XLSX and pypdf for PDF."""
import json
import sys


def margin(part):
    return {"text": part.text, "size": part.size, "font": part.font}


def workbook(file):
    import openpyxl

    book = openpyxl.load_workbook(file)
    sheets = {}
    for sheet in book:
        rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
        kinds = {cell.data_type for row in sheet.iter_rows() for cell in row if cell.value is not None}
        links = [cell.coordinate for row in sheet.iter_rows() for cell in row if cell.hyperlink]
        sheets[sheet.title] = {
            "rows": rows,
            "kinds": sorted(kinds),
            "links": links,
            "frozen": sheet.freeze_panes,
            "filter": sheet.auto_filter.ref,
            "header": margin(sheet.oddHeader.right),
            "footer": margin(sheet.oddFooter.right),
            "widths": [column.width for column in sheet.column_dimensions.values()],
        }
    return {"created": book.properties.created, "title": book.properties.title, "sheets": sheets}


def print_(file):
    import pypdf

    reader = pypdf.PdfReader(file)

    def titles(entries):
        flat = []
        for entry in entries:
            flat.extend(titles(entry) if isinstance(entry, list) else [entry.title])
        return flat

    catalog = reader.trailer["/Root"]
    return {
        "pages": [page.extract_text() for page in reader.pages],
        "outline": titles(reader.outline),
        "title": reader.metadata.title,
        "created": reader.metadata.creation_date,
        "language": catalog.get("/Lang"),
        "tagged": "/StructTreeRoot" in catalog,
        "fonts": all(
            "/FontFile" in str(font.get_object().get("/DescendantFonts", [font])[0].get_object()["/FontDescriptor"])
            for page in reader.pages
            for font in page["/Resources"].get("/Font", {}).values()
        ),
    }


read = workbook if sys.argv[1].endswith(".xlsx") else print_
print(json.dumps(read(sys.argv[1]), default=str))
