package io.ember4j.nn;

/** Marks the library's own layers. */
interface BuiltIn extends Layer {
  /**
   * Returns whether the layer keeps no reference to a tensor it is given or returns, so that a
   * container may close what passes between two such layers.
   */
  default boolean keepsNothing() {
    return true;
  }

  /** Returns whether this is one of the library's own layers and keeps nothing. */
  static boolean keepsNothing(Layer layer) {
    return layer instanceof BuiltIn own && own.keepsNothing();
  }
}
