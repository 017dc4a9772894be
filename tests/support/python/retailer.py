"""Messages in the contracts' terms, for tests against the simulated retailer."""
import sqlite3

from api import call
from estate import STOREFRONT

PRICES = "/pricing/v1/prices/query"
ORDERS = "/orders/v1/orders"
AVAILABILITY = "/inventory/v2/availability"


def stock_rows(estate, where="1=1"):
    """LAGBST as it stands, straight from the stock database's file."""
    with sqlite3.connect(f"file:{estate.directory}/stock.db?mode=ro", uri=True, timeout=5) as db:
        db.row_factory = sqlite3.Row
        return [dict(row) for row in db.execute(
            f"SELECT trim(ARTNR) AS sku, LAG, BEST, COALESCE(RES,0) AS RES, COALESCE(SICH,0) AS SICH, KZ FROM LAGBST WHERE {where} "
            "ORDER BY ARTNR, LAG")]


SOLD_OUT_AT_THE_SHOP = "HG-104711"


def in_stock(estate, at_least=5, sku=None):
    """A row that is sellable and has pieces left, of an article that the shop takes too, or of the one that is named."""
    for row in stock_rows(estate, "KZ IN ('A','',' ')"):
        if row["sku"] != (sku or row["sku"]) or (not sku and row["sku"] == SOLD_OUT_AT_THE_SHOP):
            continue
        if row["BEST"] - row["RES"] - row["SICH"] >= at_least:
            return row
    raise AssertionError("no article is in stock")


def order(row, quantity=1, email="ana@example.org"):
    price = {"centAmount": 1999, "currencyCode": "EUR"}
    return {"channel": "web", "placedAt": "2026-11-23T10:15:00+01:00",
            "customer": {"customerId": "C-20418", "firstName": "Ana", "lastName": "Kovac", "email": email},
            "delivery": {"method": "home", "address": {"name": "Ana Kovac", "street": "Lindenstr. 4", "postalCode": "10969",
                                                       "city": "Berlin", "countryCode": "DE"}},
            "lines": [{"lineId": "1", "sku": row["sku"], "quantity": quantity, "locationId": f"ST-{row['LAG']:04}",
                       "unitPrice": price}],
            "total": {"centAmount": 1999 * quantity, "currencyCode": "EUR"}}


def place(estate, body, key, timeout=20):
    return call(estate.api, "POST", ORDERS, body, STOREFRONT, {"Idempotency-Key": key}, timeout)


def prices(estate, skus, customer="c-1", **more):
    body = {"channel": "web", "currencyCode": "EUR", "lines": [{"sku": sku, "quantity": 1} for sku in skus]}
    return call(estate.api, "POST", PRICES, body, STOREFRONT, {"X-Customer": customer, **more})


def availability(estate, skus, customer="c-1", **more):
    return call(estate.api, "GET", f"{AVAILABILITY}?skus={','.join(skus)}", None, STOREFRONT,
                {"X-Customer": customer, **more})


def control(estate, path, body):
    answer = call(estate.parts["control"], "PUT", path, body)
    assert answer.status in (200, 204), answer.body
