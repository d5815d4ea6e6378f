package dev.earshot.gateway.store;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.S3Object;

/** Lists through the SDK's asynchronous client. Pages begin after a key, not at a token, which a store may forget. */
@ApplicationScoped
class S3Inventory implements StoreInventory {
    private final S3AsyncClient s3;
    private final S3ControlConfig config;

    S3Inventory(S3AsyncClient s3, S3ControlConfig config) {
        this.s3 = s3;
        this.config = config;
    }

    @Override
    public Uni<Page> list(String prefix, String after, int atMost) {
        return page(prefix, after, atMost)
                .map(page -> new Page(
                        page.contents().stream().map(S3Inventory::listed).toList(),
                        Boolean.TRUE.equals(page.isTruncated())));
    }

    /** A key that begins with this one comes after it, so the first of the listing is the one, if any is. */
    @Override
    public Uni<Optional<Listed>> look(String key) {
        return page(key, "", 1)
                .map(page -> page.contents().stream()
                        .filter(object -> object.key().equals(key))
                        .findFirst()
                        .map(S3Inventory::listed));
    }

    @Override
    public Uni<Void> delete(String key) {
        return call(() -> s3.deleteObject(
                        request -> request.bucket(config.bucket()).key(key)))
                .replaceWithVoid();
    }

    private Uni<ListObjectsV2Response> page(String prefix, String after, int atMost) {
        return call(() -> s3.listObjectsV2(request -> {
            request.bucket(config.bucket()).maxKeys(atMost);
            if (!prefix.isEmpty()) {
                request.prefix(prefix);
            }
            if (!after.isEmpty()) {
                request.startAfter(after);
            }
        }));
    }

    private static Listed listed(S3Object object) {
        return new Listed(object.key(), object.size(), object.lastModified());
    }

    private <T> Uni<T> call(Supplier<CompletionStage<T>> call) {
        return Uni.createFrom()
                .completionStage(call)
                .onFailure(CompletionException.class)
                .transform(failure -> failure.getCause() == null ? failure : failure.getCause())
                .ifNoItem()
                .after(config.controlTimeout())
                .fail()
                .onFailure()
                .transform(StoreUnavailableException::new);
    }
}
