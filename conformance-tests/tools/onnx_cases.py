"""Cases of the activations among the ONNX operators, computed from the formulas of the operator specification.

The formulas are those of https://onnx.ai/onnx/operators (opset 24), written here on their own: they share nothing with those of
reference_tables.py, which computes the tables of our own definitions. Attributes are float32, as in ONNX.
"""

from mpmath import mp, mpf

# Both sides of every kink, the saturated ends, and ordinary values; all are float32 numbers.
POINTS = (-100.0, -20.0, -9.5, -6.0, -4.0, -3.0, -2.25, -2.0, -1.5, -1.0, -0.75, -0.5, -0.25, -0.125, -0.0009765625,
          0.0009765625, 0.125, 0.25, 0.5, 0.75, 1.0, 1.25, 1.5, 2.0, 3.0, 3.5, 4.0, 6.0, 9.5, 20.0, 100.0)

ROWS = ((-1.0, 0.0, 1.0), (0.0, 1.0, 2.0, 3.0), (10000.0, 10001.0, 10002.0, 10003.0), (-3.0, 0.5, 0.25, 8.0, -60.0, 2.0),
        (5.0, 5.0, 5.0, 5.0, 5.0, 5.0, 5.0), (0.0, -100.0), (0.125,))


def clamp(x, low, high):
    return min(max(x, low), high)


def softmax(row):
    exponentials = [mp.exp(x - max(row)) for x in row]
    return [e / mp.fsum(exponentials) for e in exponentials]


def log_softmax(row):
    return [mp.log(s) for s in softmax(row)]


# Operator, attributes as decimals, and the formula over x and the attributes.
ELEMENTWISE = (
    ("Celu", {"alpha": "1"}, lambda x, p: max(mpf(0), x) + min(mpf(0), p["alpha"] * mp.expm1(x / p["alpha"]))),
    ("Celu", {"alpha": "2"}, lambda x, p: max(mpf(0), x) + min(mpf(0), p["alpha"] * mp.expm1(x / p["alpha"]))),
    ("Clip", {"min": "-1", "max": "1"}, lambda x, p: clamp(x, p["min"], p["max"])),
    ("Elu", {"alpha": "1"}, lambda x, p: x if x >= 0 else p["alpha"] * mp.expm1(x)),
    ("Elu", {"alpha": "2"}, lambda x, p: x if x >= 0 else p["alpha"] * mp.expm1(x)),
    ("Erf", {}, lambda x, p: mp.erf(x)),
    # 1 + erf(z) is erfc(-z), which keeps its digits on the left.
    ("Gelu", {"approximate": "none"}, lambda x, p: x / 2 * mp.erfc(-x / mp.sqrt(2))),
    # 1 + tanh(z) is 2 / (1 + exp(-2 z)).
    ("Gelu", {"approximate": "tanh"},
     lambda x, p: x / (1 + mp.exp(-2 * mp.sqrt(2 / mp.pi) * (x + mpf("0.044715") * x ** 3)))),
    ("HardSigmoid", {"alpha": "0.2", "beta": "0.5"}, lambda x, p: clamp(p["alpha"] * x + p["beta"], mpf(0), mpf(1))),
    ("HardSwish", {}, lambda x, p: x * clamp(x / 6 + mpf("0.5"), mpf(0), mpf(1))),
    ("LeakyRelu", {"alpha": "0.01"}, lambda x, p: x if x >= 0 else p["alpha"] * x),
    ("Mish", {}, lambda x, p: x * mp.tanh(mp.log1p(mp.exp(x)))),
    ("PRelu", {"slope": "0.25"}, lambda x, p: x if x >= 0 else p["slope"] * x),
    ("Relu", {}, lambda x, p: max(mpf(0), x)),
    ("Selu", {"alpha": "1.67326319217681884765625", "gamma": "1.05070102214813232421875"},
     lambda x, p: p["gamma"] * x if x > 0 else p["gamma"] * p["alpha"] * mp.expm1(x)),
    ("Shrink", {"lambd": "0.5", "bias": "0"}, lambda x, p: shrink(x, p)),
    ("Shrink", {"lambd": "0.5", "bias": "0.5"}, lambda x, p: shrink(x, p)),
    ("Sigmoid", {}, lambda x, p: 1 / (1 + mp.exp(-x))),
    ("Softplus", {}, lambda x, p: mp.log1p(mp.exp(x))),
    ("Softsign", {}, lambda x, p: x / (1 + abs(x))),
    ("Swish", {"alpha": "1"}, lambda x, p: x / (1 + mp.exp(-p["alpha"] * x))),
    ("Tanh", {}, lambda x, p: mp.tanh(x)),
    ("ThresholdedRelu", {"alpha": "1"}, lambda x, p: x if x > p["alpha"] else mpf(0)),
)

ALONG_ROWS = (("LogSoftmax", log_softmax), ("Softmax", softmax))


def shrink(x, p):
    if x < -p["lambd"]:
        return x + p["bias"]
    return x - p["bias"] if x > p["lambd"] else mpf(0)


def exact(value):
    """A zero of these formulas is one of exact arithmetic; its sign is open."""
    return value if value else "0.0"


def cases(round_number, evaluate):
    """Yields (operator, attributes as text, inputs, exact results as text)."""
    for operator, attributes, formula in ELEMENTWISE:
        used = {k: mpf(round_number(float(v))) for k, v in attributes.items() if k != "approximate"}
        yield (operator, " ".join(f"{k}={v}" for k, v in attributes.items()) or "none", POINTS,
               [evaluate(lambda: [exact(formula(mpf(x), used))])[0] for x in POINTS])
    for operator, formula in ALONG_ROWS:
        for row in ROWS:
            yield operator, "axis=-1", row, evaluate(lambda: [exact(y) for y in formula([mpf(x) for x in row])])
