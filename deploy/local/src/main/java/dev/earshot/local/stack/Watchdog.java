package dev.earshot.local.stack;

import java.io.IOException;
import java.io.Writer;
import java.util.concurrent.TimeUnit;

/**
 * A small shell process that ends our child processes if this one dies without being able to (SIGKILL, out of memory). It reads process ids
 * from a pipe; when the pipe closes without the word "done" it kills them.
 */
final class Watchdog implements AutoCloseable {
    /** SIGINT is PostgreSQL's fast shutdown; the services get SIGTERM. Later, whoever is left gets SIGKILL. */
    private static final String SCRIPT = """
            trap '' INT TERM HUP
            postgres='' services=''
            while read -r kind pid; do
              case $kind in
                done) exit 0 ;;
                postgres) postgres="$postgres $pid" ;;
                service) services="$services $pid" ;;
                forget)
                  left=''
                  for service in $services; do [ "$service" = "$pid" ] || left="$left $service"; done
                  services=$left left=''
                  for server in $postgres; do [ "$server" = "$pid" ] || left="$left $server"; done
                  postgres=$left ;;
              esac
            done
            [ -z "$services" ] || kill -TERM $services
            [ -z "$postgres" ] || kill -INT $postgres
            sleep 5
            kill -KILL $services $postgres
            """;

    private final Process process;
    private final Writer pipe;

    Watchdog() throws IOException {
        process = new ProcessBuilder("/bin/sh", "-c", SCRIPT)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        pipe = process.outputWriter();
    }

    void postgres(long pid) {
        say("postgres " + pid);
    }

    void service(long pid) {
        say("service " + pid);
    }

    void forget(long pid) {
        say("forget " + pid);
    }

    @Override
    public void close() throws IOException {
        say("done now");
        try {
            pipe.close();
            if (!process.waitFor(2, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException interrupted) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void say(String line) {
        try {
            pipe.write(line + "\n");
            pipe.flush();
        } catch (IOException dead) {
            // Without a watchdog we are where any program is: the next start ends what was left (StaleProcesses).
        }
    }
}
