package io.ember4j.backend.pure;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;

/** The lanes of the preferred species. */
final class VectorLanes implements Lanes {
  @Override
  public int floats() {
    return FloatVector.SPECIES_PREFERRED.length();
  }

  @Override
  public int doubles() {
    return DoubleVector.SPECIES_PREFERRED.length();
  }

  @Override
  public boolean areMany() {
    return FloatVector.SPECIES_PREFERRED.vectorBitSize() == 512
        || "aarch64".equals(System.getProperty("os.arch"));
  }
}
