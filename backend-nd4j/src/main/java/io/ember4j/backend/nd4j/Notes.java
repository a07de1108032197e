package io.ember4j.backend.nd4j;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;

/** What a user should know about ND4J in this JVM. */
final class Notes {
  private Notes() {}

  static List<String> collect() {
    List<String> arguments = ManagementFactory.getRuntimeMXBean().getInputArguments();
    return collect(
        arguments.contains("-XX:+DisableExplicitGC"),
        Boolean.getBoolean("org.nd4j.noarraygc")
            || Boolean.getBoolean("org.bytedeco.javacpp.nopointergc"));
  }

  static List<String> collect(boolean noExplicitGc, boolean noArrayGc) {
    List<String> notes = new ArrayList<>();
    if (noExplicitGc) {
      notes.add(
          "-XX:+DisableExplicitGC keeps unclosed tensors in native memory until the heap is full;"
              + " remove it, or close tensors.");
    }
    if (noArrayGc) {
      notes.add(
          "org.nd4j.noarraygc or org.bytedeco.javacpp.nopointergc is set, so ND4J never frees the"
              + " native memory of unclosed tensors; remove it, or close every tensor.");
    }
    return List.copyOf(notes);
  }
}
