package io.ember4j.conformance;

import io.ember4j.expr.Primitive;
import io.ember4j.spi.Backend;
import io.ember4j.spi.Buffer;
import io.ember4j.spi.Operand;
import java.util.List;

/** The naive backend, for a subclass to break in one place. */
class Wrapper extends RequiredFloor {
  Wrapper() {
    super(new NaiveBackend());
  }

  /** Changes elements of one primitive: gets the operands' values and the right result. */
  interface Defect {
    double of(double a, double b, double right);
  }

  /** Returns a backend whose primitive has the defect where the trigger says so. */
  static Backend primitive(Primitive broken, Trigger trigger, Defect defect) {
    return new Wrapper() {
      @Override
      public void apply(Primitive primitive, List<Operand> operands, Buffer result) {
        if (primitive != broken || !trigger.fires(operands, result)) {
          super.apply(primitive, operands, result);
          return;
        }
        double[][] read = new double[2][NaiveBackend.of(result).length];
        for (int i = 0; i < read[0].length; i++) {
          read[0][i] = NaiveBackend.read(operands, 0, i);
          read[1][i] = NaiveBackend.read(operands, 1, i);
        }
        super.apply(primitive, operands, result);
        double[] values = NaiveBackend.of(result);
        for (int i = 0; i < values.length; i++) {
          double wrong = defect.of(read[0][i], read[1][i], values[i]);
          values[i] = result.dtype().round(wrong);
        }
      }
    };
  }

  /** When a defect shows. */
  interface Trigger {
    boolean fires(List<Operand> operands, Buffer result);
  }
}
