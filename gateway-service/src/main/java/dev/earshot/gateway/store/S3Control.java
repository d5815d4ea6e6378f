package dev.earshot.gateway.store;

import dev.earshot.events.RecordingKey;
import dev.earshot.events.StoredObject;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

/** Looks and deletes through the SDK's asynchronous client. */
@ApplicationScoped
class S3Control implements StoreControl {
    /** Objects are deleted one by one: few are there, and not every store knows the bulk call. */
    private static final int DELETES_AT_ONCE = 8;
    /** What follows a recording's prefix, as we write it. */
    private static final Pattern GENERATION = Pattern.compile("([1-9][0-9]{0,17})/");

    private final S3AsyncClient s3;
    private final S3ControlConfig config;

    S3Control(S3AsyncClient s3, S3ControlConfig config) {
        this.s3 = s3;
        this.config = config;
    }

    @Override
    public String bucket() {
        return config.bucket();
    }

    @Override
    public Uni<Boolean> sees(StoredObject object) {
        return call(() ->
                        s3.headObject(request -> request.bucket(config.bucket()).key(object.key())))
                .map(head -> head.contentLength() == object.sizeBytes())
                .onFailure(S3Control::isRefusal)
                .recoverWithItem(false)
                .onFailure()
                .transform(StoreUnavailableException::new);
    }

    /** HEAD has no body, so 404 and 403 is all that one learns. */
    private static boolean isRefusal(Throwable failure) {
        return failure instanceof S3Exception refused
                && refused.statusCode() >= 400
                && refused.statusCode() < 500
                && refused.statusCode() != 429
                && refused.statusCode() != 408;
    }

    @Override
    public Uni<Void> deleteGeneration(RecordingKey key, int generation) {
        return delete(key.objectPrefix(generation), Integer.MAX_VALUE, key).replaceWithVoid();
    }

    @Override
    public Uni<Integer> purge(RecordingKey key, int upToGeneration) {
        return delete(key.objectPrefix(), upToGeneration, key);
    }

    private Uni<Integer> delete(String prefix, int upToGeneration, RecordingKey key) {
        return list(prefix)
                .chain(page -> deleteAll(page, upToGeneration, key)
                        // A full page may hide more; what is deleted does not come again.
                        .chain(deleted -> Boolean.TRUE.equals(page.isTruncated()) && deleted > 0
                                ? delete(prefix, upToGeneration, key).map(more -> more + deleted)
                                : Uni.createFrom().item(deleted)))
                .onFailure(failure -> !(failure instanceof StoreUnavailableException))
                .transform(StoreUnavailableException::new);
    }

    private Uni<ListObjectsV2Response> list(String prefix) {
        return call(() ->
                s3.listObjectsV2(request -> request.bucket(config.bucket()).prefix(prefix)));
    }

    private Uni<Integer> deleteAll(ListObjectsV2Response page, int upToGeneration, RecordingKey key) {
        List<String> keys = page.contents().stream()
                .map(S3Object::key)
                .filter(name -> generation(name, key) <= upToGeneration)
                .toList();
        return Multi.createFrom()
                .iterable(keys)
                .onItem()
                .transformToUni(this::deleteOne)
                .merge(DELETES_AT_ONCE)
                .collect()
                .asList()
                .replaceWith(keys.size());
    }

    private Uni<String> deleteOne(String name) {
        return call(() -> s3.deleteObject(
                        request -> request.bucket(config.bucket()).key(name)))
                .replaceWith(name);
    }

    /** What does not look like ours is never deleted for an old generation, only with the whole recording. */
    static int generation(String name, RecordingKey key) {
        Matcher ours = GENERATION.matcher(name.substring(key.objectPrefix().length()));
        if (!ours.lookingAt()) {
            return Integer.MAX_VALUE;
        }
        return (int) Math.min(Integer.MAX_VALUE, Long.parseLong(ours.group(1)));
    }

    private <T> Uni<T> call(Supplier<CompletionStage<T>> call) {
        return Uni.createFrom()
                .completionStage(call)
                .onFailure(CompletionException.class)
                .transform(failure -> failure.getCause() == null ? failure : failure.getCause())
                .ifNoItem()
                .after(config.controlTimeout())
                .fail();
    }
}
