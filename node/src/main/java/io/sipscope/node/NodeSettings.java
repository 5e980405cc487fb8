package io.sipscope.node;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.sipscope.http.HttpSettings;
import io.sipscope.http.dialogs.HostNames;
import io.sipscope.node.agents.AgentSettings;
import io.sipscope.node.cluster.ClusterSettings;
import io.sipscope.node.events.EventSettings;
import io.sipscope.node.ingest.HepTcpSettings;
import io.sipscope.node.ingest.HepTlsSettings;
import io.sipscope.node.ingest.HepUdpSettings;
import io.sipscope.node.ingest.IngestSettings;
import io.sipscope.node.ingest.spool.SpoolSettings;
import io.sipscope.node.mi.MiDatagramSettings;
import io.sipscope.node.mi.MiFifoSettings;
import io.sipscope.node.observed.LogEventSettings;
import io.sipscope.node.observed.Thresholds;
import io.sipscope.node.otel.OtlpSettings;
import io.sipscope.node.scaling.ScalingSettings;
import io.sipscope.node.script.dispatcher.DispatcherSettings;
import io.sipscope.node.script.engine.ScriptSettings;
import io.sipscope.node.script.rest.RestSettings;
import io.sipscope.node.shard.ShardSettings;
import io.sipscope.node.sources.ami.AmiSettings;
import io.sipscope.node.sources.live.CaptureSettings;
import io.sipscope.node.sources.redis.RedisSettings;
import io.sipscope.node.trace.DestinationSettings;
import io.sipscope.persistence.dialog.DialogSettings;
import io.sipscope.persistence.legs.LegSettings;
import io.sipscope.persistence.trace.TraceSettings;
import io.sipscope.protocol.legs.LegRules;
import java.util.Optional;

/// Every setting of a node, checked.
///
/// @param hepTls empty when HEP over TLS is off
public record NodeSettings(
    ClusterSettings cluster,
    ShardSettings shards,
    DialogSettings dialogs,
    IngestSettings ingest,
    SpoolSettings spool,
    HepUdpSettings hepUdp,
    HepTcpSettings hepTcp,
    HttpSettings http,
    MiFifoSettings miFifo,
    MiDatagramSettings miDatagram,
    EventSettings events,
    TraceSettings tracing,
    Thresholds thresholds,
    DestinationSettings destinations,
    HostNames names,
    CaptureSettings capture,
    Optional<HepTlsSettings> hepTls,
    AgentSettings agents,
    LegRules legs,
    AmiSettings ami,
    RedisSettings redis,
    ScriptSettings script,
    RestSettings rest,
    DispatcherSettings dispatcher,
    LogSettings log,
    LogEventSettings logEvents,
    ScalingSettings scaling,
    OtlpSettings otlp) {

  /// What a node runs with: system properties (`-Dkey=value`) over the given configuration over
  /// the defaults, which the environment may have changed.
  static Config layered(Config onTop) {
    return ClusterSettings.withPekkosSeeds(
        ConfigFactory.load(
            onTop.withFallback(ConfigFactory.parseResourcesAnySyntax("application"))));
  }

  /// @throws BadSetting and others with one sentence on what is wrong
  static NodeSettings from(Config config) {
    var setting = new Setting(config);
    return new NodeSettings(
        ClusterSettings.from(setting),
        ShardSettings.from(setting),
        DialogSettings.from(config),
        IngestSettings.from(setting),
        SpoolSettings.from(setting),
        HepUdpSettings.from(setting),
        HepTcpSettings.from(setting),
        HttpSettings.from(config),
        MiFifoSettings.from(setting),
        MiDatagramSettings.from(setting),
        EventSettings.from(setting),
        TraceSettings.from(config),
        Thresholds.from(setting),
        DestinationSettings.from(setting),
        HostNames.from(config),
        CaptureSettings.from(setting),
        HepTlsSettings.from(setting),
        AgentSettings.from(setting),
        LegSettings.from(config),
        AmiSettings.from(setting),
        RedisSettings.from(setting),
        ScriptSettings.from(setting),
        RestSettings.from(setting),
        DispatcherSettings.from(setting),
        LogSettings.from(setting),
        LogEventSettings.from(setting),
        ScalingSettings.from(setting),
        OtlpSettings.from(setting));
  }
}
