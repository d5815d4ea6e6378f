package dev.earshot.gateway.info;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.earshot.gateway.recording.PageQuery;
import dev.earshot.gateway.recording.Pages.Listed;
import java.util.List;
import java.util.Optional;

/**
 * One page.
 *
 * @param recordings newest first
 * @param next the path of the page after it; left out on the last one
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record PageView(List<RecordingView> recordings, Optional<String> next) {
    /**
     * @param found one more than the page holds, where there is one
     */
    static PageView of(PageQuery query, List<Listed> found) {
        boolean more = found.size() > query.atMost();
        List<Listed> page = more ? found.subList(0, query.atMost()) : found;
        return new PageView(
                page.stream()
                        .map(listed -> RecordingView.of(listed.recording()))
                        .toList(),
                more ? Optional.of(PageParameters.next(query, page.getLast().position())) : Optional.empty());
    }
}
