package io.ember4j.cli;

/**
 * Moves each image a little and adds noise, so that the network cannot learn 898 images by heart.
 * In Java, so that every backend gets the same numbers.
 */
final class Jitter {
  /** The farthest shift along each axis, in pixels. */
  private static final double SHIFT = 0.3;

  /** The standard deviation of the noise, as a share of the largest count. */
  private static final double NOISE = 0.1;

  private static final int SIDE = 8;

  private Jitter() {}

  /** The samples as a step of the plan sees them. */
  static Samples of(Samples samples, TrainingPlan plan, int step) {
    float[] pixels = shifted(samples, plan, step);
    double[] noise = new double[pixels.length];
    plan.noise(step).fillNormal(noise);
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] += (float) (Samples.LARGEST_COUNT * NOISE * noise[i]);
    }
    return new Samples(pixels, samples.labels());
  }

  private static float[] shifted(Samples samples, TrainingPlan plan, int step) {
    double[] uniform = new double[2 * samples.size()];
    plan.shifts(step).fillUniform(uniform);
    float[] pixels = new float[samples.pixels().length];
    for (int i = 0; i < samples.size(); i++) {
      double right = SHIFT * (2 * uniform[2 * i] - 1);
      double down = SHIFT * (2 * uniform[2 * i + 1] - 1);
      int image = i * Samples.COLUMNS;
      for (int row = 0; row < SIDE; row++) {
        for (int column = 0; column < SIDE; column++) {
          pixels[image + row * SIDE + column] =
              (float) between(samples.pixels(), image, row + down, column + right);
        }
      }
    }
    return pixels;
  }

  /** The count between pixels, by bilinear interpolation. */
  private static double between(float[] pixels, int image, double row, double column) {
    int top = (int) Math.floor(row);
    int left = (int) Math.floor(column);
    double down = row - top;
    double right = column - left;
    double upper =
        (1 - right) * at(pixels, image, top, left) + right * at(pixels, image, top, left + 1);
    double lower =
        (1 - right) * at(pixels, image, top + 1, left)
            + right * at(pixels, image, top + 1, left + 1);
    return (1 - down) * upper + down * lower;
  }

  private static double at(float[] pixels, int image, int row, int column) {
    boolean inside = row >= 0 && row < SIDE && column >= 0 && column < SIDE;
    return inside ? pixels[image + row * SIDE + column] : 0;
  }
}
