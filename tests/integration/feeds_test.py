"""What the warehouse drops is read once, whatever its habits; shipments are told from it, and its 997s reach the orders."""
import json
import unittest

from api import call
from estate import STOREFRONT, get, wait_for
from retailer import control, in_stock, order, place
from running import RunningEstate


class Feeds(RunningEstate):
    simulator_arguments = ("--ship-after", "300", "--acknowledge-after", "200", "--return-after", "-1")

    def feeds(self):
        return json.loads(self.estate.command("feed", "list", "-o", "json").stdout)

    def shipments(self, order_id):
        answer = call(self.estate.api, "GET", f"/fulfilment/v1/orders/{order_id}/shipments", None, STOREFRONT)
        self.assertEqual(answer.status, 200, answer.body)
        return answer.json["items"]

    def test_a_shipment_is_told_once_the_warehouse_has(self):
        taken = place(self.estate, order(in_stock(self.estate), 2), "shipped-1")
        self.assertEqual(taken.status, 201, taken.body)
        order_id = taken.json["orderId"]
        (shipment,) = wait_for("the advice", lambda: self.shipments(order_id), 30)
        self.assertEqual((shipment["orderId"], shipment["status"]), (order_id, "shipped"))
        self.assertEqual([line["lineId"] for line in shipment["lines"]], ["1"])
        one = call(self.estate.api, "GET", f"/fulfilment/v1/shipments/{shipment['shipmentId']}", None, STOREFRONT)
        self.assertEqual(one.status, 200, one.body)
        self.assertEqual(one.json["shipment"], shipment)
        self.assertEqual(one.json["delivery"], taken.json["delivery"])
        print(one.body, json.dumps(self.feeds(), indent=1))


if __name__ == "__main__":
    unittest.main()
