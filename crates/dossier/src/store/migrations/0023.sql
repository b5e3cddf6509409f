-- Schema 23. Decided: 页序, the pages of a piece in the order in which they are shown and printed: their positions within the scan, as a
-- list in JSON. It says which pages the piece has, too, also where `extent` says otherwise: of pages in an order of their own a split
-- takes any. No row: all pages that `extent` leaves it, as they lie in the scan.
CREATE TABLE page_order (
    document INTEGER PRIMARY KEY REFERENCES document (id),
    pages TEXT NOT NULL
) STRICT;
CREATE TRIGGER page_order_added AFTER INSERT ON page_order WHEN (SELECT act FROM recording) IS NOT NULL BEGIN
    INSERT INTO change (act, tbl, before, after) VALUES ((SELECT act FROM recording), 'page_order',
        NULL,
        json_object('document', NEW.document, 'pages', NEW.pages));
END;
CREATE TRIGGER page_order_changed AFTER UPDATE ON page_order WHEN (SELECT act FROM recording) IS NOT NULL BEGIN
    INSERT INTO change (act, tbl, before, after) VALUES ((SELECT act FROM recording), 'page_order',
        json_object('document', OLD.document, 'pages', OLD.pages),
        json_object('document', NEW.document, 'pages', NEW.pages));
END;
CREATE TRIGGER page_order_taken AFTER DELETE ON page_order WHEN (SELECT act FROM recording) IS NOT NULL BEGIN
    INSERT INTO change (act, tbl, before, after) VALUES ((SELECT act FROM recording), 'page_order',
        json_object('document', OLD.document, 'pages', OLD.pages),
        NULL);
END;
