package io.ember4j.nn;

/**
 * Marks the library's own layers: they keep no reference to a tensor they are given, so a container
 * may close what passes between two of them.
 */
interface BuiltIn extends Layer {}
