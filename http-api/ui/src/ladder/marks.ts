import { GEOMETRY, type ArrowRow } from './geometry';

const { head, bracket } = GEOMETRY;

/** Arrow heads point to the left on loops, as their bracket comes back to its lane. */
function direction(row: ArrowRow): 1 | -1 {
  return row.loop || row.x2 < row.x1 ? -1 : 1;
}

function tip(row: ArrowRow): number {
  return row.loop ? row.x2 + GEOMETRY.stop : row.x2;
}

/** The path of an arrow's line. */
export function shaft(row: ArrowRow): string {
  const neck = tip(row) - direction(row) * (head - 1);
  return row.loop
    ? `M${row.x1} ${row.y - bracket.height}h${bracket.width}v${bracket.height}H${neck}`
    : `M${row.x1} ${row.y}H${neck}`;
}

/** The path of an arrow's head. */
export function point(row: ArrowRow): string {
  const back = tip(row) - direction(row) * (head - 0.5);
  return `M${back} ${row.y - head / 2}L${tip(row)} ${row.y}L${back} ${row.y + head / 2}Z`;
}

/** The cross after the lane that a message never reached. */
export function cross(row: ArrowRow): string {
  const way = direction(row);
  return `M${tip(row) + way * 6.5} ${row.y - 4}l${way * 8} 8m0 -8l${way * -8} 8`;
}
