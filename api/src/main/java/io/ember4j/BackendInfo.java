package io.ember4j;

import io.ember4j.spi.Availability;
import java.util.List;

/**
 * What a user may know about a backend.
 *
 * @param name the name to pass to {@link Backends#set}
 * @param version the implementation's version; may be empty
 * @param priority the rank among available backends when the user chose none; the highest wins
 * @param provider the class name of its provider
 * @param availability whether it can run here, and if not why and what to do
 * @param notes what is worth knowing about how it runs here, one sentence each; empty until it has
 *     been used or looked up by {@link Backends#get}
 */
public record BackendInfo(
    String name,
    String version,
    int priority,
    String provider,
    Availability availability,
    List<String> notes) {
  /** Copies the notes. */
  public BackendInfo {
    notes = List.copyOf(notes);
  }
}
