package io.sipscope.ops.replay;

import io.sipscope.protocol.Bytes;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;

/// Takes messages in any order and gives them back by time, those of one time as they came, in
/// bounded memory: what goes beyond [#IN_MEMORY] is sorted piece by piece into a file, and the
/// pieces are merged as they are read. The file is in the JVM's temporary folder, as large as the
/// messages, and nobody else's to read.
public final class FrameSpool implements Closeable {
  /// Bytes of messages that are sorted in memory at a time.
  static final int IN_MEMORY = 32 << 20;

  /// A piece is read through a buffer; of 100 GB there are some 3,000.
  private static final int READ_BUFFER = 1 << 14;

  /// What a message costs in memory besides its bytes.
  private static final int OVERHEAD = 64;

  private static final Comparator<Timed> BY_TIME = Comparator.comparingLong(Timed::time);

  /// @param time of the packet, nanoseconds since the epoch
  public record Timed(long time, Bytes frame) {}

  private final int inMemory;
  private final List<Timed> held = new ArrayList<>();
  private final List<Piece> written = new ArrayList<>();
  private long heldBytes;
  private long messages;
  private long first = Long.MAX_VALUE;
  private long last = Long.MIN_VALUE;
  private Optional<FileChannel> file = Optional.empty();

  public FrameSpool() {
    this(IN_MEMORY);
  }

  FrameSpool(int inMemory) {
    this.inMemory = inMemory;
  }

  /// Where a sorted piece lies in the file.
  private record Piece(long from, long to) {}

  public void add(Timed message) throws IOException {
    held.add(message);
    heldBytes += message.frame().length() + OVERHEAD;
    messages++;
    first = Math.min(first, message.time());
    last = Math.max(last, message.time());
    if (heldBytes > inMemory) {
      write();
    }
  }

  public long messages() {
    return messages;
  }

  /// From the first message to the last, nanoseconds.
  public long span() {
    return messages == 0 ? 0 : last - first;
  }

  /// Reads everything, once, after the last [#add].
  public Sorted sorted() throws IOException {
    held.sort(BY_TIME);
    var sources = new ArrayList<Source>();
    for (var piece : written) {
      sources.add(fromFile(piece));
    }
    var rest = held.iterator();
    sources.add(() -> rest.hasNext() ? Optional.of(rest.next()) : Optional.empty());
    return new Sorted(sources);
  }

  private void write() throws IOException {
    if (file.isEmpty()) {
      file = Optional.of(temporary());
    }
    var channel = file.get();
    long from = channel.size();
    held.sort(BY_TIME);
    var out =
        new DataOutputStream(new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16));
    for (var message : held) {
      out.writeLong(message.time());
      out.writeInt(message.frame().length());
      out.write(message.frame().array(), message.frame().offset(), message.frame().length());
    }
    out.flush();
    written.add(new Piece(from, channel.size()));
    held.clear();
    heldBytes = 0;
  }

  /// Readable by its owner alone; gone with this process, however that ends.
  private static FileChannel temporary() throws IOException {
    return FileChannel.open(
        Files.createTempFile("sipscope-replay", ".spool"),
        StandardOpenOption.READ,
        StandardOpenOption.WRITE,
        StandardOpenOption.DELETE_ON_CLOSE);
  }

  private Source fromFile(Piece piece) {
    var in =
        new DataInputStream(
            new BufferedInputStream(new Slice(file.orElseThrow(), piece), READ_BUFFER));
    return () -> {
      if (in.available() == 0) {
        return Optional.empty();
      }
      long time = in.readLong();
      var frame = new byte[in.readInt()];
      in.readFully(frame);
      return Optional.of(new Timed(time, Bytes.of(frame)));
    };
  }

  @Override
  public void close() throws IOException {
    if (file.isPresent()) {
      file.get().close();
    }
  }

  /// Messages by time, until empty.
  private interface Source {
    Optional<Timed> next() throws IOException;
  }

  /// The pieces merged.
  public static final class Sorted {
    private final PriorityQueue<Head> heads =
        new PriorityQueue<>(
            Comparator.comparingLong((Head head) -> head.message().time())
                .thenComparingInt(Head::piece));
    private final List<Source> sources;

    private record Head(Timed message, int piece) {}

    private Sorted(List<Source> sources) throws IOException {
      this.sources = List.copyOf(sources);
      for (int i = 0; i < sources.size(); i++) {
        advance(i);
      }
    }

    /// Empty at the end.
    public Optional<Timed> next() throws IOException {
      var head = heads.poll();
      if (head == null) {
        return Optional.empty();
      }
      advance(head.piece());
      return Optional.of(head.message());
    }

    private void advance(int piece) throws IOException {
      sources.get(piece).next().ifPresent(message -> heads.add(new Head(message, piece)));
    }
  }

  /// A part of a file as a stream of its own.
  private static final class Slice extends InputStream {
    private final FileChannel channel;
    private final long to;
    private long at;

    Slice(FileChannel channel, Piece piece) {
      this.channel = channel;
      this.at = piece.from();
      this.to = piece.to();
    }

    @Override
    public int read() throws IOException {
      var one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      if (at >= to) {
        return -1;
      }
      int read = channel.read(ByteBuffer.wrap(bytes, offset, (int) Math.min(length, to - at)), at);
      at += Math.max(0, read);
      return read;
    }

    @Override
    public int available() {
      return (int) Math.min(to - at, Integer.MAX_VALUE);
    }
  }
}
