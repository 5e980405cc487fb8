import type { Picture, Shape, Text } from './picture';
import { COLOURS, FACES, type Theme } from './theme';

/** Browsers draw on no larger canvas: neither side, nor all its pixels. */
const MOST_PIXELS_A_SIDE = 16_384;
const MOST_PIXELS = 200_000_000;

const SHARPEST = 2;

/** Pixels of the image for one of the picture; 0 where it is too large to be an image. */
export function scale(picture: { width: number; height: number }): number {
  const most = Math.min(
    SHARPEST,
    MOST_PIXELS_A_SIDE / picture.width,
    MOST_PIXELS_A_SIDE / picture.height,
    Math.sqrt(MOST_PIXELS / (picture.width * picture.height)),
  );
  return most < 1 ? 0 : most;
}

/** A picture as a PNG file, in the fonts of this page. */
export async function png(picture: Picture, theme: Theme): Promise<Blob> {
  const by = scale(picture);
  const canvas = document.createElement('canvas');
  canvas.width = Math.round(picture.width * by);
  canvas.height = Math.round(picture.height * by);
  const paper = canvas.getContext('2d');
  if (!paper || by === 0) throw new Error('the browser gives no canvas of that size');
  await document.fonts.ready;
  paper.scale(by, by);
  paper.fillStyle = COLOURS[theme].bg;
  paper.fillRect(0, 0, picture.width, picture.height);
  for (const shape of picture.shapes) paint(paper, shape, theme);
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('the browser made no image'))), 'image/png');
  });
}

function paint(paper: CanvasRenderingContext2D, shape: Shape, theme: Theme): void {
  const colours = COLOURS[theme];
  switch (shape.kind) {
    case 'dot':
      paper.fillStyle = colours[shape.fill];
      paper.beginPath();
      paper.arc(shape.x, shape.y, shape.radius, 0, 2 * Math.PI);
      paper.fill();
      break;
    case 'line': {
      const path = new Path2D(shape.d);
      if (shape.fill) {
        paper.fillStyle = colours[shape.fill];
        paper.fill(path);
      }
      if (shape.stroke) {
        paper.strokeStyle = colours[shape.stroke];
        paper.lineWidth = shape.width;
        paper.setLineDash(shape.dash);
        paper.stroke(path);
      }
      break;
    }
    case 'text':
      write(paper, shape, theme);
      break;
  }
}

function write(paper: CanvasRenderingContext2D, text: Text, theme: Theme): void {
  const colours = COLOURS[theme];
  const fonts = text.runs.map((run) => `${run.weight} ${run.size}px ${FACES[text.face]}`);
  const widths = text.runs.map((run, index) => {
    paper.font = fonts[index] ?? '';
    return paper.measureText(run.text).width;
  });
  const all = widths.reduce((sum, width) => sum + width, 0);
  let x = text.x - { start: 0, middle: all / 2, end: all }[text.anchor];
  text.runs.forEach((run, index) => {
    paper.font = fonts[index] ?? '';
    if (text.halo) {
      paper.setLineDash([]);
      paper.strokeStyle = colours.bg;
      paper.lineWidth = 4;
      paper.lineJoin = 'round';
      paper.strokeText(run.text, x, text.y);
    }
    paper.fillStyle = colours[run.fill];
    paper.fillText(run.text, x, text.y);
    x += widths[index] ?? 0;
  });
}
