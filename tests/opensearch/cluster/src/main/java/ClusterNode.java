import java.io.IOException;
import org.codelibs.opensearch.runner.OpenSearchRunner;

/**
 * One node of a cluster in a process of its own, so that a test can kill it alone.
 *
 * Arguments: a folder of its own, its name, its HTTP port, its transport port, the transport
 * addresses of all nodes, the names of all nodes. It lives as long as its standard input is open:
 * whoever started it and dies, however, takes it along.
 */
public final class ClusterNode {
    private ClusterNode() {
    }

    public static void main(final String[] arguments) throws IOException {
        final OpenSearchRunner runner = new OpenSearchRunner();
        runner.onBuild((number, settings) -> {
            settings.put("node.name", arguments[1]);
            settings.put("network.host", "127.0.0.1");
            settings.put("http.port", arguments[2]);
            settings.put("transport.port", arguments[3]);
            settings.putList("discovery.seed_hosts", arguments[4].split(","));
            settings.putList("cluster.initial_cluster_manager_nodes", arguments[5].split(","));
            settings.put("cluster.routing.allocation.disk.threshold_enabled", false);
        });
        runner.build(OpenSearchRunner.newConfigs()
                .basePath(arguments[0])
                .clusterName("contactpoint")
                .moduleTypes("org.opensearch.transport.Netty4Plugin")
                .numOfNode(1));
        while (System.in.read() >= 0) {
            // Nothing is said on it; its end is the word.
        }
        runner.close();
    }
}
