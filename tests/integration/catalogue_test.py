"""The catalogue, promotions and baskets of the shop, through the gateway: each operation answers, pages, and says what is not there."""
import unittest

from api import call
from estate import STOREFRONT
from running import RunningEstate

CATALOGUE, PRICING = "/catalogue/v1", "/pricing/v1"


class ShopEstate(RunningEstate):
    def get(self, path):
        return call(self.estate.api, "GET", path, None, STOREFRONT)

    def ok(self, path):
        answer = self.get(path)
        self.assertEqual(answer.status, 200, answer.body)
        return answer.json

    def pages(self, path):
        """All pages, each with its items."""
        pages, cursor = [], ""
        while cursor is not None:
            page = self.ok(path + ("&cursor=" + cursor if cursor else ""))
            pages.append(page["items"])
            cursor = page.get("nextCursor")
            self.assertLess(len(pages), 500, "a list without end")
        return pages

    def assertRefusesCursors(self, path, other):
        """Of a list of which `path` is one with a next page: a cursor that is none, or of `other`."""
        cursor = self.ok(path)["nextCursor"]
        for wrong in (other + "&cursor=" + cursor, path + "&cursor=SEctMTAwMjMy", path + "&cursor=" + cursor[:-2]):
            self.assertProblem(self.get(wrong), 400, "invalid-message", "/cursor")


class Products(ShopEstate):
    def test_all_are_listed_by_sku_whatever_the_size_of_a_page(self):
        whole = [item for page in self.pages(f"{CATALOGUE}/products?limit=500") for item in page]
        skus = [item["sku"] for item in whole]
        self.assertEqual(len(skus), 201)
        self.assertEqual(skus, sorted(set(skus)))
        for limit in (7, 50):
            pages = self.pages(f"{CATALOGUE}/products?limit={limit}")
            self.assertEqual([item for page in pages for item in page], whole)
            self.assertEqual({len(page) for page in pages[:-1]}, {limit})

    def test_a_page_goes_on_where_the_one_before_ended_also_with_another_limit(self):
        whole = [item["sku"] for page in self.pages(f"{CATALOGUE}/products?limit=50") for item in page]
        first = self.ok(f"{CATALOGUE}/products?limit=14")
        second = self.ok(f"{CATALOGUE}/products?limit=9&cursor={first['nextCursor']}")
        self.assertEqual([i["sku"] for i in first["items"] + second["items"]], whole[:14 + len(second["items"])])

    def test_a_category_has_those_below_it(self):
        garden = [i for page in self.pages(f"{CATALOGUE}/products?categoryId=020000&limit=50") for i in page]
        self.assertTrue(garden)
        self.assertTrue(all(item["categoryIds"] == ["020000"] for item in garden))
        living = [i for page in self.pages(f"{CATALOGUE}/products?categoryId=010000&limit=50") for i in page]
        self.assertEqual({item["categoryIds"][0] for item in living}, {"010100", "010200"})

    def test_one_is_found_by_its_bar_code_and_its_group(self):
        one = next(i for page in self.pages(f"{CATALOGUE}/products?limit=50") for i in page if "groupId" in i)
        self.assertEqual(self.ok(f"{CATALOGUE}/products?gtin={one['gtin']}"), {"items": [one]})
        group = self.ok(f"{CATALOGUE}/products?groupId={one['groupId']}")["items"]
        self.assertIn(one, group)
        self.assertEqual({item["groupId"] for item in group}, {one["groupId"]})
        self.assertEqual(self.ok(f"{CATALOGUE}/products?groupId=none-such"), {"items": []})

    def test_what_has_changed_since_a_moment_is_told_in_utc(self):
        whole = [i for page in self.pages(f"{CATALOGUE}/products?limit=50") for i in page]
        moment = sorted(item["updatedAt"] for item in whole)[150]
        since = [i for page in self.pages(f"{CATALOGUE}/products?limit=50&changedSince={moment}") for i in page]
        self.assertEqual(since, [item for item in whole if item["updatedAt"] >= moment])

    def test_a_category_that_is_none_is_not_found(self):
        self.assertProblem(self.get(f"{CATALOGUE}/products?categoryId=123456"), 404, "not-found")

    def test_cursors_hold_for_their_own_query(self):
        self.assertRefusesCursors(f"{CATALOGUE}/products?limit=5", f"{CATALOGUE}/products?limit=5&categoryId=020000")
        self.assertRefusesCursors(f"{CATALOGUE}/products?limit=5", f"{CATALOGUE}/categories?limit=5")

    def test_one_is_told_with_all_that_is_said_of_it(self):
        for row in self.ok(f"{CATALOGUE}/products?limit=50")["items"]:
            product = self.ok(f"{CATALOGUE}/products/{row['sku']}")
            for name in row:
                self.assertEqual(product[name], row[name], name)
            self.assertEqual("options" in product, "groupId" in product)
            self.assertEqual([fact["attributeId"] for fact in product["attributes"]], ["pflege", "gewicht-netto"])
            self.assertGreater(product["dimensions"]["weightG"], 49)
            self.assertIn(product["taxClass"], ("standard", "reduced"))

    def test_one_that_is_none_is_not_found(self):
        self.assertProblem(self.get(f"{CATALOGUE}/products/HG-999999"), 404, "not-found")
        self.assertProblem(self.get(f"{CATALOGUE}/products/HG-999999/media"), 404, "not-found")
        self.assertProblem(self.get(f"{CATALOGUE}/products/hg"), 400, "invalid-message", "/sku")

    def test_media_come_in_their_order_and_the_first_is_the_image(self):
        with_media = 0
        for row in self.ok(f"{CATALOGUE}/products?limit=50")["items"]:
            media = [m for page in self.pages(f"{CATALOGUE}/products/{row['sku']}/media?limit=1") for m in page]
            self.assertEqual(row.get("image"), {k: media[0][k] for k in ("mediaId", "url", "altText")} if media else None)
            self.assertEqual([m["mediaId"] for m in media], [f"{row['sku']}-{i + 1}" for i in range(len(media))])
            if len(media) > 1:
                with_media += 1
                self.assertRefusesCursors(f"{CATALOGUE}/products/{row['sku']}/media?limit=1",
                                          f"{CATALOGUE}/products/HG-104711/media?limit=1")
        self.assertGreater(with_media, 0)


class Categories(ShopEstate):
    def test_the_topmost_and_those_below_are_listed_in_the_order_of_showing(self):
        top = [c for page in self.pages(f"{CATALOGUE}/categories?limit=2") for c in page]
        self.assertEqual([c["categoryId"] for c in top], ["010000", "020000", "030000", "040000", "990000"])
        self.assertEqual([c["hasChildren"] for c in top], [True, False, True, False, False])
        self.assertEqual(sum(c["productCount"] for c in top), 201)
        below = self.ok(f"{CATALOGUE}/categories?parentId=010000")["items"]
        self.assertEqual([(c["categoryId"], c["parentId"]) for c in below], [("010100", "010000"), ("010200", "010000")])
        self.assertEqual(sum(c["productCount"] for c in below), top[0]["productCount"])
        self.assertEqual(self.ok(f"{CATALOGUE}/categories?parentId=020000"), {"items": []})

    def test_one_tells_the_way_to_it(self):
        self.assertEqual(self.ok(f"{CATALOGUE}/categories/030100")["path"], [{"categoryId": "030000", "name": "Licht & Strom"}])
        top = self.ok(f"{CATALOGUE}/categories/020000")
        self.assertEqual((top["path"], "parentId" in top), ([], False))

    def test_what_is_none_is_not_found(self):
        self.assertProblem(self.get(f"{CATALOGUE}/categories/none-such"), 404, "not-found")
        self.assertProblem(self.get(f"{CATALOGUE}/categories?parentId=123456"), 404, "not-found")

    def test_cursors_hold_for_their_own_query(self):
        self.assertRefusesCursors(f"{CATALOGUE}/categories?limit=1", f"{CATALOGUE}/categories?limit=1&parentId=010000")


class Promotions(ShopEstate):
    def test_all_that_are_not_over_are_listed_by_their_identifier(self):
        whole = [p for page in self.pages(f"{PRICING}/promotions?limit=500") for p in page]
        self.assertEqual([p["promotionId"] for p in whole], ["A17", "B05", "C99", "D10", "M21", "M32"])
        for limit in (1, 2, 4):
            self.assertEqual([p for page in self.pages(f"{PRICING}/promotions?limit={limit}") for p in page], whole)
        by_id = {p["promotionId"]: p for p in whole}
        self.assertEqual(by_id["A17"]["reduction"], {"kind": "percentage", "basisPoints": 1500})
        self.assertEqual(by_id["D10"]["reduction"], {"kind": "amount", "amount": {"centAmount": 1000, "currencyCode": "EUR"}})
        self.assertEqual(by_id["D10"]["scope"], {"minimumValue": {"centAmount": 7990, "currencyCode": "EUR"}})
        self.assertEqual(by_id["M32"]["reduction"], {"kind": "multiBuy", "take": 3, "pay": 2})
        self.assertEqual(by_id["M32"]["channels"], ["web", "app"])
        self.assertEqual((by_id["D10"]["needsCoupon"], by_id["M32"]["combinable"]), (True, True))
        self.assertNotIn("validTo", by_id["D10"])

    def test_they_are_of_a_channel_a_moment_an_article(self):
        def ids(query):
            return [p["promotionId"] for page in self.pages(f"{PRICING}/promotions?limit=3&{query}") for p in page]

        self.assertNotIn("M32", ids("channel=store"))
        self.assertEqual(ids("activeAt=2026-03-15T12:00:00Z"), ["D10", "D11"])
        listed = self.ok(f"{PRICING}/promotions/A17")["scope"]["skus"][0]
        self.assertIn("A17", ids(f"sku={listed}"))
        self.assertNotIn("B05", ids(f"sku={listed}"))

    def test_cursors_hold_for_their_own_query(self):
        self.assertRefusesCursors(f"{PRICING}/promotions?limit=2", f"{PRICING}/promotions?limit=2&channel=web")

    def test_one_is_told_also_when_it_is_over(self):
        self.assertEqual(self.ok(f"{PRICING}/promotions/D11")["scope"]["categoryIds"], ["010100"])
        self.assertProblem(self.get(f"{PRICING}/promotions/Z1"), 404, "not-found")
        self.assertProblem(self.get(f"{PRICING}/promotions/{'Z' * 20}"), 404, "not-found")


class Baskets(ShopEstate):
    def price(self, lines, **more):
        body = {"channel": "web", "currencyCode": "EUR", **more,
                "lines": [{"lineId": str(i + 1), "sku": sku, "quantity": q} for i, (sku, q) in enumerate(lines)]}
        return call(self.estate.api, "POST", f"{PRICING}/baskets/price", body, STOREFRONT)

    def priced(self, lines, **more):
        answer = self.price(lines, **more)
        self.assertEqual(answer.status, 200, answer.body)
        price = answer.json["price"]
        cents = {name: price[name]["centAmount"] for name in ("subtotal", "total")}
        off = sum(d["amount"]["centAmount"] for d in price.get("discounts", []))
        delivery = price.get("deliveryCharge", {"centAmount": 0})["centAmount"]
        self.assertEqual(cents["subtotal"], sum(line["lineTotal"]["centAmount"] for line in price["lines"]))
        self.assertEqual(cents["total"], cents["subtotal"] - off + delivery)
        self.assertEqual(cents["total"], sum(t["net"]["centAmount"] + t["tax"]["centAmount"] for t in price["includedTaxes"]))
        return answer.json

    def toys(self):
        for page in self.pages(f"{CATALOGUE}/products?categoryId=990000&limit=50"):
            yield from (item["sku"] for item in page)

    def test_lines_cost_what_articles_cost(self):
        skus = [item["sku"] for item in self.ok(f"{CATALOGUE}/products?categoryId=040000&limit=5")["items"]]
        told = self.priced([(sku, 2) for sku in skus])["price"]
        body = {"channel": "web", "currencyCode": "EUR", "lines": [{"sku": sku, "quantity": 2} for sku in skus]}
        prices = call(self.estate.api, "POST", f"{PRICING}/prices/query", body, STOREFRONT).json["prices"]
        self.assertEqual({line["sku"]: line["effectivePrice"] for line in told["lines"]},
                         {price["sku"]: price["effectivePrice"] for price in prices})
        self.assertNotIn("discounts", told)
        self.assertNotIn("deliveryCharge", told)

    def test_three_for_two_coupons_and_delivery_are_in_it(self):
        sku = next(self.toys())
        line = self.priced([(sku, 7)], delivery={"method": "pickup"})["price"]["lines"][0]
        self.assertEqual([(d["promotionId"], d["amount"]["centAmount"]) for d in line["discounts"]],
                         [("M32", 2 * line["effectivePrice"]["centAmount"])])
        told = self.priced([(sku, 90)], couponCodes=["ZEHN-EURO", "FRUEHLING", "NIE-DAGEWESEN"])
        self.assertEqual([(d["promotionId"], d["amount"]["centAmount"]) for d in told["price"]["discounts"]], [("D10", 1000)])
        self.assertEqual({c["couponCode"]: c["reason"] for c in told["rejectedCoupons"]},
                         {"FRUEHLING": "expired", "NIE-DAGEWESEN": "unknown"})

    def test_a_small_basket_pays_its_delivery(self):
        cheapest = min((self.priced([(sku, 1)])["price"]["subtotal"]["centAmount"], sku) for sku in list(self.toys())[:20])
        self.assertLess(cheapest[0], 5000)
        told = self.priced([(cheapest[1], 1)], delivery={"method": "home", "countryCode": "DE"}, couponCodes=["ZEHN-EURO"])
        self.assertEqual(told["price"]["deliveryCharge"], {"centAmount": 495, "currencyCode": "EUR"})
        self.assertEqual(told["rejectedCoupons"], [{"couponCode": "ZEHN-EURO", "reason": "conditions"}])

    def test_articles_without_a_price_are_named(self):
        sku = next(self.toys())
        told = self.priced([(sku, 1), ("HG-999999", 1)])
        self.assertEqual([line["lineId"] for line in told["price"]["lines"]], ["1"])
        self.assertEqual(told["unknownSkus"], ["HG-999999"])

    def test_what_is_no_basket_is_refused(self):
        self.assertProblem(self.price([]), 400, "invalid-message", "/lines")
        self.assertProblem(self.price([("HG-999999", 0)]), 400, "invalid-message", "/lines/0/quantity")


if __name__ == "__main__":
    unittest.main()
