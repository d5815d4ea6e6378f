package dev.earshot.local.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class ReplicasTest {
    private static final Map<String, String> CHOSEN =
            Map.of("gateway", "8180", "gateway-management", "8181", "fetcher-management", "8182");

    @Test
    void one_gateway_has_the_port_that_listeners_use() throws Exception {
        Replicas one = Replicas.choose(1, Ports.choose(false, CHOSEN));

        assertThat(one.gateways()).containsExactly(new Replica("gateway", "gateway", 8180, 8181));
        assertThat(one.fetchers()).containsExactly(new Replica("fetcher", "fetcher", 0, 8182));
    }

    @Test
    void of_several_the_first_keeps_its_name_and_management_port_and_none_has_the_balancers() throws Exception {
        Replicas three = Replicas.choose(3, Ports.choose(false, CHOSEN));

        assertThat(three.all().map(Replica::name))
                .containsExactly("gateway", "gateway-2", "gateway-3", "fetcher", "fetcher-2", "fetcher-3");
        assertThat(three.all().map(Replica::managementPort))
                .contains(8181, 8182)
                .doesNotHaveDuplicates();
        assertThat(three.gateways().stream().map(Replica::port))
                .doesNotHaveDuplicates()
                .doesNotContain(8180, 0);
    }

    @Test
    void free_ports_are_none_that_an_outgoing_connection_may_get() throws Exception {
        assertThat(Ports.unused(30))
                .doesNotHaveDuplicates()
                .allSatisfy(port -> assertThat(port).isBetween(20_000, 32_000));
    }

    @Test
    void a_name_is_no_beginning_of_anothers_mark() {
        assertThat(Replicas.allNames()).hasSize(2 * StackOptions.MOST_REPLICAS).doesNotHaveDuplicates();
        var home = new dev.earshot.local.home.StackHome(java.nio.file.Path.of("/home"));

        assertThat(ServiceSpecs.mark(home, "gateway-2")).doesNotContain(ServiceSpecs.mark(home, "gateway"));
    }
}
