package io.ember4j.cli;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;

/** Bytes of .npy files: those below as NumPy 1.24.2 wrote them, and ones put together by hand. */
final class NpyFiles {
  static final String RANK0_F4 =
      "k05VTVBZAQB2AHsnZGVzY3InOiAnPGY0JywgJ2ZvcnRyYW5fb3JkZXInOiBGYWxzZSwgJ3NoYXBlJzog"
          + "KCksIH0gICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAg"
          + "ICAgICAgIAoAAMC/";

  static final String RANK1_F8 =
      "k05VTVBZAQB2AHsnZGVzY3InOiAnPGY4JywgJ2ZvcnRyYW5fb3JkZXInOiBGYWxzZSwgJ3NoYXBlJzog"
          + "KDMsKSwgfSAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAg"
          + "ICAgICAgIAqamZmZmZm5PwAAAAAAAACAAAAAAAAA8H8=";

  static final String RANK2_F4 =
      "k05VTVBZAQB2AHsnZGVzY3InOiAnPGY0JywgJ2ZvcnRyYW5fb3JkZXInOiBGYWxzZSwgJ3NoYXBlJzog"
          + "KDIsIDMpLCB9ICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAg"
          + "ICAgICAgIAoAAAAAAACAPwAAAEAAAEBAAACAQAAAoEA=";

  static final String EMPTY_F8 =
      "k05VTVBZAQB2AHsnZGVzY3InOiAnPGY4JywgJ2ZvcnRyYW5fb3JkZXInOiBGYWxzZSwgJ3NoYXBlJzog"
          + "KDAsIDMpLCB9ICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAg"
          + "ICAgICAgIAo=";

  static final String RANK2_F4_VERSION2 =
      "k05VTVBZAgB0AAAAeydkZXNjcic6ICc8ZjQnLCAnZm9ydHJhbl9vcmRlcic6IEZhbHNlLCAnc2hhcGUn"
          + "OiAoMiwgMSksIH0gICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAg"
          + "ICAgICAgIAoAAAAAAACAPw==";

  static final String RANK2_F4_VERSION3 =
      "k05VTVBZAwB0AAAAeydkZXNjcic6ICc8ZjQnLCAnZm9ydHJhbl9vcmRlcic6IEZhbHNlLCAnc2hhcGUn"
          + "OiAoMiwgMSksIH0gICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAg"
          + "ICAgICAgIAoAAAAAAACAPw==";

  static final String BIG_ENDIAN =
      "k05VTVBZAQB2AHsnZGVzY3InOiAnPmY0JywgJ2ZvcnRyYW5fb3JkZXInOiBGYWxzZSwgJ3NoYXBlJzog"
          + "KDEsKSwgfSAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAg"
          + "ICAgICAgIAo/gAAA";

  static final String FORTRAN =
      "k05VTVBZAQB2AHsnZGVzY3InOiAnPGY0JywgJ2ZvcnRyYW5fb3JkZXInOiBUcnVlLCAnc2hhcGUnOiAo"
          + "MiwgMiksIH0gICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAg"
          + "ICAgICAgIAoAAAAAAAAAQAAAgD8AAEBA";

  static final String OBJECT =
      "k05VTVBZAQB2AHsnZGVzY3InOiAnfE8nLCAnZm9ydHJhbl9vcmRlcic6IEZhbHNlLCAnc2hhcGUnOiAo"
          + "MiwpLCB9ICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAg"
          + "ICAgICAgIAqAA2NudW1weS5jb3JlLm11bHRpYXJyYXkKX3JlY29uc3RydWN0CnEAY251bXB5Cm5kYXJy"
          + "YXkKcQFLAIVxAkMBYnEDh3EEUnEFKEsBSwKFcQZjbnVtcHkKZHR5cGUKcQdYAgAAAE84cQiJiIdxCVJx"
          + "CihLA1gBAAAAfHELTk5OSv////9K/////0s/dHEMYoldcQ0oSwFOZXRxDmIu";

  static final String INT64 =
      "k05VTVBZAQB2AHsnZGVzY3InOiAnPGk4JywgJ2ZvcnRyYW5fb3JkZXInOiBGYWxzZSwgJ3NoYXBlJzog"
          + "KDIsKSwgfSAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAg"
          + "ICAgICAgIAoBAAAAAAAAAAIAAAAAAAAA";

  static final String BOOL =
      "k05VTVBZAQB2AHsnZGVzY3InOiAnfGIxJywgJ2ZvcnRyYW5fb3JkZXInOiBGYWxzZSwgJ3NoYXBlJzog"
          + "KDEsKSwgfSAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAg"
          + "ICAgICAgIAoB";

  static final String STRUCTURED =
      "k05VTVBZAQB2AHsnZGVzY3InOiBbKCd4JywgJzxmNCcpLCAoJ3knLCAnPGY0JyldLCAnZm9ydHJhbl9v"
          + "cmRlcic6IEZhbHNlLCAnc2hhcGUnOiAoMSwpLCB9ICAgICAgICAgICAgICAgICAgICAgICAgICAgICAg"
          + "ICAgICAgIAoAAAAAAAAAAA==";

  private NpyFiles() {}

  static byte[] decode(String base64) {
    return Base64.getDecoder().decode(base64);
  }

  /**
   * Magic, version 1.0, length and header as given (no padding), and so many zero bytes of data.
   */
  static byte[] of(String header, int dataBytes) {
    return of(1, header, header.length(), dataBytes);
  }

  /** As above with the version and the header length as claimed, true or not. */
  static byte[] of(int version, String header, long claimedLength, int dataBytes) {
    int lengthBytes = version == 1 ? 2 : 4;
    byte[] bytes = new byte[8 + lengthBytes + header.length() + dataBytes];
    System.arraycopy(NpyFormat.MAGIC, 0, bytes, 0, 6);
    bytes[6] = (byte) version;
    for (int i = 0; i < lengthBytes; i++) {
      bytes[8 + i] = (byte) (claimedLength >> (8 * i));
    }
    byte[] text = header.getBytes(StandardCharsets.ISO_8859_1);
    System.arraycopy(text, 0, bytes, 8 + lengthBytes, text.length);
    return bytes;
  }

  static String header(String descr, String fortranOrder, String shape) {
    return "{'descr': "
        + descr
        + ", 'fortran_order': "
        + fortranOrder
        + ", 'shape': "
        + shape
        + ", }";
  }

  static byte[] first(byte[] bytes, int count) {
    return Arrays.copyOf(bytes, count);
  }
}
