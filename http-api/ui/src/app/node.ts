import type { Cluster } from '../api/types';
import { host } from '../wire/name';

/** Who answers and how much of the cluster is up: `10.0.0.2` and `2 of 3 nodes`. */
export function nodeLine(cluster: Cluster): { node: string; members: string } {
  const all = cluster.members.length;
  const up = cluster.members.filter((member) => member.status === 'up' && member.reachable).length;
  return {
    node: host(cluster.self.replace(/^.*@/, '')),
    members: `${up} of ${all} ${all === 1 ? 'node' : 'nodes'}`,
  };
}
