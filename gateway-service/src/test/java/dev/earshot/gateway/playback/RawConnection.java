package dev.earshot.gateway.playback;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One HTTP/1.1 connection on a bare socket, so that a test sees the bytes and not what a client makes of them. A body has
 * exactly its Content-Length; were it longer or shorter, the next answer on the connection would make no sense.
 */
final class RawConnection implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 30_000;
    private static final int LONGEST_LINE = 16 * 1024;

    private final Socket socket;
    private final InputStream input;
    private boolean atRest = true;

    RawConnection(String host, int port) throws IOException {
        this(host, port, 0);
    }

    /** @param window what the kernel takes before it is read, so that the other side feels a slow reader; 0 is its default */
    RawConnection(String host, int port, int window) throws IOException {
        this.socket = new Socket();
        if (window > 0) {
            socket.setReceiveBufferSize(window);
        }
        socket.connect(new InetSocketAddress(host, port));
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.setTcpNoDelay(true);
        this.input = new BufferedInputStream(socket.getInputStream());
    }

    /** An answer as it came. */
    record Answer(int status, List<Field> fields, byte[] body) {
        /** The one field of that name. */
        Optional<String> field(String name) {
            List<String> values = fields.stream()
                    .filter(field -> field.name().equalsIgnoreCase(name))
                    .map(Field::value)
                    .toList();
            if (values.size() > 1) {
                throw new AssertionError(name + " came " + values.size() + " times");
            }
            return values.stream().findFirst();
        }

        String text() {
            return new String(body, StandardCharsets.ISO_8859_1);
        }
    }

    /** A line of the header. */
    record Field(String name, String value) {}

    /** Sends a request without a body and reads its answer to the last byte. */
    Answer ask(String method, String path, List<String> lines) throws IOException {
        atRest = false;
        send(method, path, lines);
        Answer head = head();
        boolean hasBody = !method.equals("HEAD") && head.status() != 304 && head.status() != 204;
        Answer answer = hasBody ? new Answer(head.status(), head.fields(), body(head)) : head;
        atRest = input.available() == 0;
        return answer;
    }

    /** Whether the last answer was read to its end, so that another request may be sent. */
    boolean isAtRest() {
        return atRest;
    }

    void send(String method, String path, List<String> lines) throws IOException {
        StringBuilder request = new StringBuilder(method + " " + path + " HTTP/1.1\r\nHost: gateway\r\n");
        lines.forEach(line -> request.append(line).append("\r\n"));
        socket.getOutputStream().write(request.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
        socket.getOutputStream().flush();
    }

    /** The head of the next answer. */
    Answer head() throws IOException {
        String[] status = line().split(" ", 3);
        List<Field> fields = new ArrayList<>();
        for (String line = line(); !line.isEmpty(); line = line()) {
            int colon = line.indexOf(':');
            fields.add(new Field(
                    line.substring(0, colon), line.substring(colon + 1).strip()));
        }
        return new Answer(Integer.parseInt(status[1]), List.copyOf(fields), new byte[0]);
    }

    private byte[] body(Answer head) throws IOException {
        if (head.field("Transfer-Encoding").isPresent()) {
            throw new AssertionError("an answer of unknown length");
        }
        int length = Integer.parseInt(head.field("Content-Length").orElseThrow());
        return read(length);
    }

    /** Exactly so many bytes. */
    byte[] read(int length) throws IOException {
        byte[] bytes = input.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException("the connection ended after " + bytes.length + " of " + length + " bytes");
        }
        return bytes;
    }

    /** What comes until the connection ends, in order or by a reset. */
    byte[] readUntilItBreaks() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            input.transferTo(bytes);
        } catch (IOException reset) {
            // That is what was waited for.
        }
        return bytes.toByteArray();
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = input.read(); next != '\n'; next = input.read()) {
            if (next < 0 || line.length() > LONGEST_LINE) {
                throw new EOFException("no line, but: " + line);
            }
            line.append((char) next);
        }
        return line.toString().strip();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
