"""The scenario in Python's decimal: reads what to evaluate, prints CPU seconds of each and the last cells."""
import json
import sys
import time
from decimal import ROUND_HALF_EVEN, Decimal, getcontext

getcontext().prec = 60
ONE = Decimal(1)


def allocate(amount, weights):
    whole = sum(weights)
    if whole == 0:
        return weights
    parts, fractions = [], []
    for weight in weights:
        part, fraction = divmod(amount * weight, whole)
        parts.append(part)
        fractions.append(fraction)
    left = int(amount - sum(parts))
    order = sorted(range(len(weights)), key=lambda i: (-fractions[i], i))
    for i in order[:left]:
        parts[i] += 1
    return parts


def evaluate(numbers, envelope, rate):
    cells = []
    of_years = allocate(envelope, [Decimal(year) for year in numbers["years"]])
    amounts = [part for amount, year in zip(of_years, numbers["years"]) for part in allocate(amount, [ONE] * year)]
    for amount in amounts:
        components = allocate(amount, [Decimal(part) for part in numbers["parts"]])
        dollars = allocate((amount / rate).quantize(ONE, ROUND_HALF_EVEN), components)
        for c, component in enumerate(components):
            suppliers = allocate(component, [Decimal(share) for share in numbers["shares"][c]])
            in_dollars = allocate(dollars[c], suppliers)
            bought = (component / numbers["prices"][c]).quantize(ONE, ROUND_HALF_EVEN)
            units = allocate(bought, suppliers)
            for triple in zip(suppliers, in_dollars, units):
                cells.extend(triple)
    return cells


asked = json.load(sys.stdin)
start = time.process_time()
for envelope, (rate, ten) in asked["draws"]:
    cells = evaluate(asked["numbers"], Decimal(envelope), Decimal(rate) / Decimal(ten))
spent = time.process_time() - start
json.dump({"seconds": spent / len(asked["draws"]), "cells": [str(int(cell)) for cell in cells]}, sys.stdout)
