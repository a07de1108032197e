package io.ember4j;

/** Puts a throwable into words. */
final class Failures {
  private Failures() {}

  /** Returns the class and message of the throwable and of its innermost cause. */
  static String describe(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null && root.getCause() != root) {
      root = root.getCause();
    }
    String text = one(failure);
    return root == failure || text.contains(one(root)) ? text : text + ", caused by " + one(root);
  }

  private static String one(Throwable failure) {
    String message = failure.getMessage();
    String type = failure.getClass().getSimpleName();
    return message == null ? type : type + ": " + message;
  }
}
