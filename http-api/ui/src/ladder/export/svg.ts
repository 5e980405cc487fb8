import type { Picture, Run, Shape, Text } from './picture';
import { COLOURS, FACES, type Theme } from './theme';

/** A picture as an SVG file of its own: nothing is fetched, fonts are asked for by name. */
export function svg(picture: Picture, theme: Theme): string {
  const { width, height, title } = picture;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img">`,
    `<title>${escaped(title)}</title>`,
    `<rect width="${width}" height="${height}" fill="${COLOURS[theme].bg}"/>`,
    ...picture.shapes.map((shape) => element(shape, theme)),
    '</svg>',
    '',
  ].join('\n');
}

function element(shape: Shape, theme: Theme): string {
  const colours = COLOURS[theme];
  switch (shape.kind) {
    case 'dot':
      return `<circle cx="${shape.x}" cy="${shape.y}" r="${shape.radius}" fill="${colours[shape.fill]}"/>`;
    case 'line': {
      const fill = shape.fill ? colours[shape.fill] : 'none';
      const stroke = shape.stroke ? ` stroke="${colours[shape.stroke]}" stroke-width="${shape.width}"` : '';
      const dash = shape.dash.length > 0 ? ` stroke-dasharray="${shape.dash.join(' ')}"` : '';
      return `<path d="${shape.d}" fill="${fill}"${stroke}${dash}/>`;
    }
    case 'text':
      return textElement(shape, theme);
  }
}

function textElement(text: Text, theme: Theme): string {
  const halo = text.halo
    ? ` paint-order="stroke" stroke="${COLOURS[theme].bg}" stroke-width="4" stroke-linejoin="round"`
    : '';
  const spans = text.runs.map((run) => span(run, theme)).join('');
  const place = `x="${text.x}" y="${text.y}" text-anchor="${text.anchor}"`;
  return `<text ${place} font-family="${escaped(FACES[text.face])}" xml:space="preserve"${halo}>${spans}</text>`;
}

function span(run: Run, theme: Theme): string {
  const { size, weight, fill, text } = run;
  return `<tspan font-size="${size}" font-weight="${weight}" fill="${COLOURS[theme][fill]}">${escaped(text)}</tspan>`;
}

/** Text of strangers as XML text: what XML has no way to say is shown by its picture (XML 1.0 §2.2). */
export function escaped(text: string): string {
  return text
    .replace(/\p{Cs}/gu, '\ufffd')
    .replace(/[\0-\x08\x0b\x0c\x0e-\x1f]/g, (control) => String.fromCharCode(0x2400 + control.charCodeAt(0)))
    .replace(/[\ufffe\uffff]/g, '\ufffd')
    .replace(/[&<>"']/g, (mark) => `&#${mark.charCodeAt(0)};`);
}
