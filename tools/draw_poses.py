#!/usr/bin/env python3
"""Draws the exercises' jointed figures into static/img/drawings; run by hand when a pose changes.

All figures share one body. Points are complex numbers with y upwards, angles are degrees in the picture:
0 points right, 90 up. A side view looks to the right or, lying on the back, has its head at the left.
"""

from __future__ import annotations

import cmath
import math
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

DRAWINGS = Path(__file__).parent.parent / "static" / "img" / "drawings"
MARGIN = 4
SCALE = 1.15  # pixels a unit: smaller, and hands and feet are hard to make out

TRUNK, NECK = 46.0, 22.0
GENTLE = 24  # degrees: up to here a soft limb bends in a curve, not at a joint
TINY = 0.05  # too little to draw
ARM = (27.0, 23.0, 8.0, 7.0)
LEG = (40.0, 38.0, 16.0)
ARM_RADII = (5.4, 4.7, 3.8, 3.8, 3.0)
LEG_RADII = (8.5, 6.6, 5.0, 3.4)
TRUNK_RADII = (11.5, 11.0)
Angles: TypeAlias = tuple[float, float, float]

DOWN: Angles = (-90, -90, -90)
FAR = 3.5 + 1.2j  # how far the limbs on the far side stand off

PROFILE = "-2 12 4.5 12.3 10 9 10.8 3 11.3 1 13 -1.6 13.6 -2.8 13.9 -3.9 12 -4.1 11.4 -4.3 "
PROFILE += "11.6 -6 11.4 -8 10.6 -10 9.4 -12.3 5 -12.3 1.5 -10.6 "
PROFILE += "-3 -10.6 -12 -9 -12 .8 -12 8 -8 12 -2 12"
FACE = "0 12.4 6.5 12.4 9.8 7.5 9.8 1.5 9.8 -5 5.5 -11.8 0 -11.8 -5.5 -11.8 -9.8 -5 -9.8 1.5 "
FACE += "-9.8 7.5 -6.5 12.4 0 12.4"
CHEST = "0 48.5 5 48.5 5.5 48.4 9 47.6 14 46.6 20 47 21.6 42.5 22.4 39.5 20 36.5 17 35.5 "
CHEST += "14.4 30 11.6 24 11.6 17 11.6 10 14.5 6 14.5 -4 14.5 -9 10 -9 0 -9"


def towards(angle: float, length: float = 1) -> complex:
    """Give the step of a length at an angle."""
    return cmath.rect(length, math.radians(angle))


def angle_of(step: complex) -> float:
    """Give the angle of a step."""
    return math.degrees(cmath.phase(step))


def number(value: float) -> str:
    """Write a number with at most one decimal, as short as SVG allows."""
    text = f"{value:.1f}".removesuffix(".0")
    return "0" if text in {"-0", "0"} else text.replace("0.", ".", 1) if abs(value) < 1 else text


class Pen:
    """Writes the path of one line or shape, relative to the point before."""

    def __init__(self, start: complex) -> None:
        self.x, self.y = round(start.real, 1), round(-start.imag, 1)
        self.text = "M" + self._join([self.x, self.y])

    @staticmethod
    def _join(values: Sequence[float]) -> str:
        """Write numbers side by side; a minus sign parts them too."""
        return " ".join(map(number, values)).replace(" -", "-")

    def _steps(self, points: Sequence[complex]) -> list[float]:
        """Give the points relative to the pen, which moves to the last."""
        steps: list[float] = []
        for point in points:
            steps += [point.real - self.x, -point.imag - self.y]
        steps = [round(step, 1) for step in steps]
        self.x, self.y = round(self.x + steps[-2], 1), round(self.y + steps[-1], 1)
        return steps

    def line(self, point: complex) -> Pen:
        """Draw straight to a point, unless the pen is there."""
        if abs(point - complex(self.x, -self.y)) > TINY:
            self.text += "l" + self._join(self._steps([point]))
        return self

    def bend(self, control: complex, point: complex) -> Pen:
        """Draw a curve to a point, drawn towards one control point."""
        self.text += "q" + self._join(self._steps([control, point]))
        return self

    def curve(self, first: complex, second: complex, point: complex) -> Pen:
        """Draw a curve to a point with two control points."""
        self.text += "c" + self._join(self._steps([first, second, point]))
        return self

    def arc(self, radius: float, point: complex, *, large: bool = False) -> Pen:
        """Draw an arc to a point, clockwise."""
        self.text += f"a{number(radius)} {number(radius)} 0 {large:d} 1 " + self._join(self._steps([point]))
        return self

    def close(self) -> str:
        """Close the shape and give its path."""
        return self.text + "z"


def side_of(points: Sequence[complex], radii: Sequence[float]) -> list[tuple[complex, complex]]:
    """Give the left edge of a row of circles: for each stretch its two ends, which touch the circles."""
    edges = []
    for (start, end), (first, last) in zip(pairwise(points), pairwise(radii), strict=True):
        step = end - start
        lean = (first - last) / abs(step)
        normal = step / abs(step) * complex(lean, math.sqrt(1 - lean * lean))
        edges.append((start + first * normal, end + last * normal))
    return edges


def crossing(one: tuple[complex, complex], two: tuple[complex, complex]) -> complex:
    """Give the point where two lines cross."""
    first, second = one[1] - one[0], two[1] - two[0]
    across = (first.conjugate() * second).imag
    return one[0] + first * ((two[0] - one[0]).conjugate() * second).imag / across


def tube(points: Sequence[complex], radii: Sequence[float], scale: float = 1, *, soft: bool = False) -> str:
    """Draw a limb: one rounded outline round joints of given radii; a soft one bends without corners."""
    points = [point * scale for point in points]
    radii = [radius * scale for radius in radii]
    forth = side_of(points, radii)
    back = side_of(points[::-1], radii[::-1])
    pen = Pen(forth[0][0])
    for edges, widths in ((forth, radii), (back, radii[::-1])):
        for (edge, after), radius in zip(pairwise(edges), widths[1:-1], strict=True):
            into, out = edge[1] - edge[0], after[1] - after[0]
            turn = math.degrees(cmath.phase(out / into))
            gentle = soft and TINY < abs(turn) < GENTLE
            if turn > 0 or gentle:
                corner = crossing(edge, after)
                back_off = min(abs(into), abs(out)) / 2 if gentle else 0.25 * radius
                pen.line(corner - back_off * into / abs(into))
                pen.bend(corner, corner + back_off * out / abs(out))
            else:
                pen.line(edge[1]).arc(radius, after[0])
        end = back[0][0] if edges is forth else forth[0][0]
        pen.line(edges[-1][1]).arc(widths[-1], end, large=widths[-1] > widths[-2])
    return pen.close()


def closed(numbers: str, place: Callable[[complex], complex]) -> str:
    """Draw a closed shape of curves, put in its place."""
    values = [float(value) for value in numbers.split()]
    points = [place(complex(x, y)) for x, y in zip(values[::2], values[1::2], strict=True)]
    pen = Pen(points[0])
    for index in range(1, len(points), 3):
        pen.curve(points[index], points[index + 1], points[index + 2])
    return pen.close()


def path(kind: str, *drawn: str) -> str:
    """Give paths that do not touch each other as one element."""
    return f'<path class="{kind}" d="{"".join(drawn)}"/>'


def lines(kind: str, *rows: Sequence[complex]) -> str:
    """Draw rows of straight lines in one element."""
    drawn = ""
    for row in rows:
        pen = Pen(row[0])
        for point in row[1:]:
            pen.line(point)
        drawn += pen.text
    return path(kind, drawn)


def dots(*places: complex) -> str:
    """Draw dots as wide as a line."""
    return lines("d-line", *((place, place + 0.2) for place in places))


def ball(place: complex, radius: float) -> str:
    """Draw a small round part of the body."""
    return Pen(place - radius).arc(radius, place + radius).arc(radius, place - radius).close()


def arrow(start: complex, end: complex, bow: float = 0) -> list[str]:
    """Draw a motion arrow, bowed to its left by a share of its length."""
    step = end - start
    control = (start + end) / 2 + step * complex(0, bow)
    ahead = (end - control) / abs(end - control)
    neck = end - 8 * ahead
    tip = Pen(end).line(end - 10 * ahead + 5j * ahead).line(end - 10 * ahead - 5j * ahead).close()
    return [
        path("d-motion", Pen(start).bend(control, neck).text),
        path("d-motion-fill", tip),
    ]


def label(text: str, place: complex, *, strong: bool = False) -> str:
    """Write a word, centred."""
    kind = "d-text d-text--strong" if strong else "d-text"
    x, y = number(place.real), number(-place.imag)
    return f'<text class="{kind}" x="{x}" y="{y}" text-anchor="middle">{text}</text>'


def chain(start: complex, angles: Sequence[float], lengths: Sequence[float]) -> list[complex]:
    """Give the joints of a limb from its angles."""
    joints = [start]
    for angle, length in zip(angles, lengths, strict=False):
        joints.append(joints[-1] + towards(angle, length))
    return joints


def bent(start: complex, target: complex, lengths: Sequence[float], side: int) -> tuple[float, float]:
    """Give the angles of two bones that lead to a target.

    Args:
        start: the shoulder or hip.
        target: where wrist or ankle should be; if it is too far, the limb points there, straight.
        lengths: of the two bones.
        side: 1 if elbow or knee lie to the left of the way, -1 to its right.
    """
    first, second = lengths[:2]
    way = target - start
    distance = min(abs(way), first + second - 0.01)
    share = (first**2 + distance**2 - second**2) / (2 * first * distance)
    opening = math.degrees(math.acos(share))
    upper = angle_of(way) + side * opening
    joint = start + towards(upper, first)
    return upper, angle_of(start + way / abs(way) * distance - joint)


@dataclass(frozen=True)
class Pose:
    """A body seen from its right side: angles of the limbs, from the trunk outwards."""

    hip: complex
    trunk: float
    head: complex  # its centre, from the shoulder
    face: float
    near_arm: Angles
    far_arm: Angles
    near_leg: Angles
    far_leg: Angles
    bow: float = 0
    far: complex = FAR

    @property
    def shoulder(self) -> complex:
        """Give the shoulder's place."""
        return self.hip + towards(self.trunk, TRUNK)

    def spine(self) -> list[complex]:
        """Give points along the trunk, from hip to shoulder; a bow lifts its middle."""
        if not self.bow:
            return [self.hip, self.shoulder]
        middle = (self.hip + self.shoulder) / 2 + complex(0, 2 * self.bow)
        shares = [step / 5 for step in range(6)]
        return [
            self.hip * (1 - share) ** 2 + 2 * middle * share * (1 - share) + self.shoulder * share**2
            for share in shares
        ]


def arm(start: complex, angles: Sequence[float], scale: float) -> str:
    """Draw an arm with its hand."""
    joints = chain(start, (*angles, angles[-1]), ARM)
    return path("d-skin", tube(joints, ARM_RADII, scale))


def leg(start: complex, angles: Sequence[float], scale: float) -> list[str]:
    """Draw a leg in trousers, with a bare foot."""
    joints = chain(start, angles, LEG)
    return [
        path("d-skin", tube(joints[2:], LEG_RADII[2:], scale)),
        path("d-area-1", tube(joints[:3], LEG_RADII[:3], scale)),
    ]


def profile(centre: complex, face: float, scale: float) -> list[str]:
    """Draw a head from its side."""

    def place(point: complex) -> complex:
        return (centre + point * towards(face)) * scale

    ear = Pen(place(-1 + 0.8j)).curve(place(-5 + 2j), place(-5 - 5j), place(-1 - 3.4j)).text
    return [path("d-skin", closed(PROFILE, place)), path("d-thin", ear), dots(place(7 + 2j))]


def figure(pose: Pose, scale: float = 1) -> list[str]:
    """Draw a body from its side."""
    shoulder, hip = pose.shoulder, pose.hip
    head = shoulder + pose.head
    spine = pose.spine()
    hips, chest = TRUNK_RADII
    widths = [hips + (chest - hips) * step / (len(spine) - 1) for step in range(len(spine))]
    nape = shoulder + (head - shoulder) * 0.25
    return [
        arm(shoulder + pose.far, pose.far_arm, scale),
        *leg(hip + pose.far, pose.far_leg, scale),
        path("d-skin", tube((nape, head + towards(pose.face, -2)), (5.4, 5.2), scale)),
        path("d-area-1", tube(spine, widths, scale, soft=True)),
        *profile(head, pose.face, scale),
        *leg(hip, pose.near_leg, scale),
        arm(shoulder, pose.near_arm, scale),
    ]


@dataclass(frozen=True)
class Panel:
    """One frame of a picture: what it shows, and how far it reaches to the left, right, up and down."""

    parts: list[str]
    left: float
    right: float
    mark: str


def write(slug: str, panels: Sequence[Panel], top: float, bottom: float) -> None:
    """Write each panel as a frame of the drawing, all of one size.

    The page puts the frames side by side where there is room for them at `SCALE`, and else below each other.

    Args:
        slug: the exercise.
        panels: what the frames show.
        top: how far they reach up from the ground line.
        bottom: how far they reach down from it.
    """
    for old in DRAWINGS.glob(f"pose-{slug}-*.svg"):
        old.unlink()
    width = max(panel.right - panel.left for panel in panels) + 2 * MARGIN
    height = top + bottom
    size = f'width="{number(SCALE * width)}" height="{number(SCALE * height)}"'
    for index, panel in enumerate(panels, start=1):
        x = (width - panel.left - panel.right) / 2
        box = f'{size} viewBox="0 0 {number(width)} {number(height)}"'
        mark = label(panel.mark, panel.left + 5 + (top - 14) * 1j, strong=True) if panel.mark else ""
        rows = [
            f'<svg xmlns="http://www.w3.org/2000/svg" {box} aria-hidden="true" focusable="false">',
            f'<g transform="translate({number(x)} {number(top)})">',
            *(f"  {part}" for part in (*panel.parts, mark) if part),
            "</g>",
            "</svg>",
        ]
        (DRAWINGS / f"pose-{slug}-{index}.svg").write_text("\n".join(rows) + "\n", encoding="utf-8")


def ground(left: float, right: float) -> str:
    """Draw the floor under a body."""
    return lines("d-ground", (complex(left, -2.5), complex(right, -2.5)))


FOURS = Pose(
    hip=46.6j,
    trunk=7.5,
    head=towards(-4, NECK),
    face=-84,
    near_arm=(-96, -81, -8),
    far_arm=(-96, -81, -8),
    near_leg=(-90, 182, 186),
    far_leg=(-90, 182, 186),
)


def bird_dog() -> None:
    """Reach one arm and the opposite leg."""
    end = replace(FOURS, far_arm=(8, 8, 8), near_leg=(184, 184, 244), far=3 + 1.5j)
    tip = end.shoulder + towards(8, 64)
    heel = end.hip + towards(184, 78)
    write(
        "bird-dog",
        [
            Panel([ground(-60, 72), *figure(FOURS)], -56, 84, "1"),
            Panel(
                [
                    ground(-62, 72),
                    *figure(end),
                    *arrow(heel + 22 - 27j, heel + 6 - 11j, -0.2),
                    *arrow(tip - 30 - 34j, tip - 6 - 12j, 0.2),
                ],
                -86,
                113,
                "2",
            ),
        ],
        84,
        6,
    )


def calf_stretch() -> None:
    """Lean on a wall with one leg back."""
    wall = 54.0
    start = Pose(82.8j, 90, towards(86, NECK), 0, DOWN, DOWN, (-90, -90, -5), (-90, -90, -5))
    up = bent(start.shoulder, complex(wall - 5.5, 120), ARM, -1)
    start = replace(start, near_arm=(*up, 88), far_arm=(*up, 88))
    hip = 5j + towards(66, 78)
    end = Pose(hip, 72, towards(76, NECK), -6, DOWN, DOWN, (-114, -114, -5), DOWN)
    front = bent(hip + FAR, 52 + 5j + FAR, LEG, 1)
    near_wall = 90.0
    up = bent(end.shoulder, complex(near_wall - 5.5, 118), ARM, -1)
    far = bent(end.shoulder + FAR, complex(near_wall - 5.5, 118) + FAR, ARM, -1)
    end = replace(end, near_arm=(*up, 88), far_arm=(*far, 88), far_leg=(*front, -5))
    write(
        "calf-stretch",
        [
            Panel(
                [lines("d-ground", (-40 - 2.5j, wall - 2.5j, wall + 160j)), *figure(start)],
                -40,
                wall,
                "1",
            ),
            Panel(
                [
                    lines("d-ground", (-30 - 2.5j, near_wall - 2.5j, near_wall + 160j)),
                    *figure(end),
                    *arrow(-15 + 34j, -15 + 4j),
                    *arrow(-10 + 108j, 18 + 99j),
                ],
                -30,
                near_wall,
                "2",
            ),
        ],
        168,
        6,
    )


def cat_cow() -> None:
    """Round the back, and let it dip."""
    cat = replace(FOURS, trunk=7, bow=9, head=towards(-52, NECK), face=-118, near_arm=(-92, -85, -8))
    cat = replace(cat, far_arm=cat.near_arm)
    cow = replace(FOURS, bow=-5, head=towards(20, NECK), face=-50)
    write(
        "cat-cow",
        [
            Panel([ground(-58, 66), *figure(cat), *arrow(22 + 78j, 22 + 100j)], -56, 75, "1"),
            Panel([ground(-58, 72), *figure(cow), *arrow(22 + 96j, 22 + 68j)], -56, 84, "2"),
        ],
        106,
        6,
    )


def seat(front: float, back: float, height: float, scale: float) -> str:
    """Draw a chair from its side."""
    rows = (
        (complex(back, height + 44), complex(back, -2.5)),
        (complex(back, height), complex(front, height), complex(front, -2.5)),
    )
    return lines("d-ground", *([point * scale for point in row] for row in rows))


def chin_tuck() -> None:
    """Glide the head straight back."""
    scale = 1.3
    height = 5 + 38 + 1.0
    lap = (-100, -8, -4)
    start = Pose(complex(0, height), 92, 10 + 20.5j, 0, lap, lap, (0, -90, -5), (0, -90, -5), far=2.5 + 1.2j)
    end = replace(start, head=1.5 + 20.5j)
    eyes = start.shoulder + start.head + 18 + 2j
    chair = seat(28, -16, height - 12.8, scale)
    floor = lines("d-ground", (complex(-30, -2.5) * scale, complex(66, -2.5) * scale))
    gaze = lines("d-thin", (eyes * scale, (eyes + 22) * scale))
    target = (end.shoulder + end.head + 17 - 9j) * scale
    write(
        "chin-tuck",
        [
            Panel([floor, chair, *figure(start, scale), gaze], -39, 86, "1"),
            Panel(
                [
                    floor,
                    chair,
                    *figure(end, scale),
                    lines("d-thin", ((eyes - 8) * scale, (eyes + 22) * scale)),
                    *arrow(target + 27, target),
                ],
                -39,
                86,
                "2",
            ),
        ],
        168,
        6,
    )


BACK = Pose(
    hip=11.5j,
    trunk=180.5,
    head=-NECK + 2j,
    face=90,
    near_arm=(-9, -2, 0),
    far_arm=(-9, -2, 0),
    near_leg=(*bent(11.5j, 34 + 5j, LEG, 1), -5),
    far_leg=(*bent(11.5j, 34 + 5j, LEG, 1), -5),
)


def holding(pose: Pose, lower: Angles, wrist: complex, hand: float) -> Pose:
    """Hold the near leg, which has these angles, with both hands."""
    grip = (*bent(pose.shoulder, wrist, ARM, -1), hand)
    return replace(pose, near_leg=lower, near_arm=grip, far_arm=grip)


def glute_bridge() -> None:
    """Lift the hips until shoulders, hips and knees are in line."""
    shoulder = BACK.shoulder
    knee = 34 + 43j
    slope = angle_of(knee - shoulder)
    hip = shoulder + towards(slope, TRUNK)
    legs = (*bent(hip, 34 + 5j, LEG, 1), -5)
    end = replace(BACK, hip=hip, trunk=slope + 180, near_leg=legs, far_leg=legs)
    write(
        "glute-bridge",
        [
            Panel([ground(-88, 66), *figure(BACK)], -84, 58, "1"),
            Panel([ground(-88, 66), *figure(end), *arrow(2 + 52j, 2 + 80j)], -84, 58, "2"),
        ],
        92,
        6,
    )


def hamstring_stretch() -> None:
    """Straighten the knee of a leg that is held behind the thigh."""
    hold = -4 + 36j
    start = holding(BACK, (97, 2, 70), hold, 35)
    end = holding(BACK, (97, 84, 140), hold, 35)
    write(
        "hamstring-stretch",
        [
            Panel([ground(-88, 66), *figure(start)], -84, 58, "1"),
            Panel(
                [ground(-88, 66), *figure(end), *arrow(38 + 62j, 16 + 84j, 0.22)],
                -84,
                58,
                "2",
            ),
        ],
        112,
        6,
    )


def knee_to_chest() -> None:
    """Draw one knee towards the chest."""
    end = holding(replace(BACK, far=0j), (137, -8, 66), -20 + 41j, -10)
    write(
        "knee-to-chest",
        [
            Panel([ground(-88, 66), *figure(BACK)], -84, 58, "1"),
            Panel([ground(-88, 66), *figure(end), *arrow(2 + 68j, -28 + 60j, 0.2)], -84, 58, "2"),
        ],
        84,
        6,
    )


def plank() -> None:
    """Lift the hips from the floor, on forearms and knees."""
    scale = 0.95
    lean = math.degrees(math.asin((31.5 - 11.5) / TRUNK))
    rise = math.degrees(math.asin((31.5 - 6.6) / (TRUNK + LEG[0])))
    arms = (-90, -1, 0)
    legs: Angles = (187, 168, 225)
    start = Pose(11.5j, lean, towards(30, NECK), -55, arms, arms, legs, legs, far=3 + 1.2j)
    hip = 6.6j + towards(rise, LEG[0])
    legs = (rise + 180, *legs[1:])
    end = replace(start, hip=hip, trunk=rise, head=towards(8, NECK), face=-80, near_leg=legs, far_leg=legs)
    write(
        "plank",
        [
            Panel([ground(-92, 82), *figure(start, scale)], -90, 78, "1"),
            Panel([ground(-52, 116), *figure(end, scale), *arrow(36 + 42j, 36 + 66j)], -50, 118, "2"),
        ],
        76,
        6,
    )


def sciatic_slider() -> None:
    """Swing between a bent knee with lifted head, and a straighter knee with resting head."""
    hold = -1 + 35j
    start = holding(replace(BACK, head=towards(149, NECK), face=40), (91, -22, 10), hold, 35)
    end = holding(BACK, (91, 68, 168), hold, 35)
    write(
        "sciatic-slider",
        [
            Panel([ground(-88, 66), *figure(start), *arrow(-88 + 34j, -70 + 48j, 0.25)], -90, 62, "1"),
            Panel([ground(-88, 66), *figure(end), *arrow(44 + 56j, 32 + 82j, 0.2)], -84, 58, "2"),
        ],
        112,
        6,
    )


def walking() -> None:
    """Walk upright, with swinging arms."""
    panels = []
    for mark in "12":
        fore = bent(82j, 26 + 6.5j, LEG, 1)
        rear = bent(82j, -27 + 13j, LEG, 1)
        front = ((-62, -44, -48), (*fore, 14))
        behind = ((-118, -98, -96), (*rear, -52))
        near, far = (front, behind) if mark == "1" else (behind, front)
        pose = Pose(82j, 87, towards(84, NECK), 0, far[0], near[0], near[1], far[1], far=2 + 0.5j)
        pose = replace(pose, near_arm=behind[0] if mark == "1" else front[0])
        pose = replace(pose, far_arm=front[0] if mark == "1" else behind[0])
        parts = [ground(-56, 62), *figure(pose)]
        if mark == "2":
            parts += arrow(46 + 92j, 76 + 92j)
        panels.append(Panel(parts, -56, 76, mark))
    write("walking", panels, 166, 6)


def front_head(base: complex, tilt: float, scale: float, *, seen: bool = True) -> list[str]:
    """Draw neck and head from the front, tilted to the right of the picture; or from behind."""
    centre = base + towards(90 - tilt, 20)

    def place(point: complex) -> complex:
        return (centre + point * towards(-tilt)) * scale

    parts = [
        path("d-skin", tube((base - 3j, base + (centre - base) * 0.55), (5.6, 5.2), scale)),
        path("d-skin", *(ball(place(turn), 2.4 * scale) for turn in (-9.8 + 0j, 9.8 + 0j))),
        path("d-skin", closed(FACE, place)),
    ]
    if seen:
        parts += [
            dots(place(-3.7 + 2j), place(3.7 + 2j)),
            path(
                "d-thin",
                Pen(place(0.2 + 1j)).line(place(1.3 - 2.6j)).line(place(-0.4 - 2.8j)).text,
                Pen(place(-2.6 - 6j)).bend(place(-7.2j), place(2.6 - 6j)).text,
            ),
        ]
    return parts


def front_chest(hip: complex, scale: float) -> str:
    """Draw the trunk from the front or from behind."""
    half = [float(value) for value in CHEST.split()]
    points = [complex(x, y) for x, y in zip(half[::2], half[1::2], strict=True)]
    points += [-point.conjugate() for point in points[-2::-1]]
    numbers = " ".join(f"{point.real} {point.imag}" for point in points)
    return path("d-area-1", closed(numbers, lambda point: (hip + point) * scale))


def neck_side_stretch() -> None:
    """Let one ear sink towards the shoulder."""
    scale = 1.3
    hip = 44j
    panels = []
    for mark, tilt in (("1", 0.0), ("2", 32.0)):
        parts = [
            lines("d-ground", (-46 - 3j, 46 - 3j)),
            lines(
                "d-ground",
                [complex(-21, -2.5) * scale, complex(-21, 36) * scale],
                [complex(21, -2.5) * scale, complex(21, 36) * scale],
                [complex(-24, 36) * scale, complex(24, 36) * scale],
            ),
            *front_head(hip + 47j, tilt, scale),
            front_chest(hip, scale),
        ]
        feet, legs, hands = [], [], []
        for side in (-1, 1):
            knee = hip + complex(9.5 * side, -5)
            feet.append(tube((complex(9.8 * side, 5), complex(11.5 * side, 4)), (4.4, 4.4), scale))
            legs.append(tube((knee, complex(9.8 * side, 7)), (8, 5), scale))
            shoulder = hip + complex(17.4 * side, 41)
            elbow = shoulder + complex(3.5 * side, -26.8)
            wrist = hip + complex(10.4 * side, 0.5)
            tip = wrist + (wrist - elbow) * 0.3
            hands.append(tube((shoulder, elbow, wrist, tip), (5.2, 4.7, 3.9, 3.4), scale))
        parts += [path("d-skin", *feet), path("d-area-1", *legs), path("d-skin", *hands)]
        if mark == "2":
            parts += arrow(0 + 176j, 40 + 158j, 0.15)
        panels.append(Panel(parts, -46, 52, mark))
    write("neck-side-stretch", panels, 182, 7)


def from_above(knee: complex, scale: float, *, push: bool) -> list[str]:
    """Draw a body that lies on its back, seen from above, with one ankle on the other thigh."""
    mat = Pen(complex(-46, 88) * scale)
    for corner in (44 + 88j, 44 - 80j, -46 - 80j):
        mat.line(corner * scale)
    left, right = -17.6 + 41j, 17.6 + 41j
    other = 9 - 35j
    ankle = other + 6j
    arms = [(right, right + (7 - 63j))] if push else [(right, right + (7 - 63j)), (left, left + (-7 - 63j))]
    skin = [tube(ends, (5.2, 3.4), scale) for ends in arms]
    skin.append(tube((other - 20j, other + (0.5 - 35j)), (5, 3.6), scale))
    parts = [
        path("d-ground", mat.close()),
        '<rect class="d-bone" x="-32" y="-98" width="64" height="38" rx="7"/>',
        *front_head(47j, 0, scale),
        path("d-skin", *skin),
        front_chest(0, scale),
        path("d-area-1", tube((other, other - 20j), (6.6, 5), scale)),
        path("d-area-1", tube((8 - 4j, other), (8.5, 6.6), scale)),
        path("d-skin", tube((ankle, ankle + (13 + 3j)), (5, 3.4), scale)),
        path("d-area-1", tube((-8 - 4j, knee, ankle), (8.5, 6.6, 5), scale)),
    ]
    if push:
        reach = chain(left, bent(left, knee + (-1.5 + 8j), ARM, -1), ARM)
        parts.append(path("d-skin", tube((*reach, knee + (-1 - 3j)), (5.2, 4.7, 3.9, 3.3), scale)))
    return parts


def piriformis_stretch() -> None:
    """Lay one ankle on the other thigh, and push the knee away."""
    scale = 1.15
    start, end = -25 - 19j, -28 - 27j
    write(
        "piriformis-stretch",
        [
            Panel(from_above(start, scale, push=False), -72, 52, "1"),
            Panel(
                [*from_above(end, scale, push=True), *arrow(-37 - 44j, -39 - 72j, 0.1)],
                -72,
                52,
                "2",
            ),
        ],
        110,
        98,
    )


BLADE = "5.8 40 8 42.5 13 41 17 43 19 43.5 19.5 41.5 17.5 40 15.5 38 13 32 10 24.5 "
BLADE += "8 20.5 5.2 25 5.8 40"


def blade(side: int, shift: complex, scale: float) -> str:
    """Draw a shoulder blade, shifted in from its resting place."""

    def place(point: complex) -> complex:
        moved = point + shift
        return complex(side * moved.real, moved.imag) * scale

    return path("d-bone", closed(BLADE, place))


def shoulder_blade_squeeze() -> None:
    """Draw the shoulder blades back and down, seen from behind."""
    scale = 2
    panels = []
    for mark, shift in (("1", 0.2 + 0.8j), ("2", -2.8 - 1.6j)):
        parts = front_head(47j, 0, scale, seen=False)
        for side in (-1, 1):
            start = complex(side * (16.2 + shift.real * 0.2), 39.4 + shift.imag * 0.4)
            joints = chain(start, (-90 + 9 * side, -90 + 3 * side, -90), (27, 23, 13))
            parts.append(path("d-skin", tube(joints, (5.6, 4.8, 3.9, 3.4), scale)))
        parts += [front_chest(0, scale), lines("d-thin", (43j * scale, -8j * scale))]
        parts += [blade(side, shift, scale) for side in (-1, 1)]
        if mark == "2":
            parts += arrow(40 + 34j, 12 + 24j) + arrow(-40 + 34j, -12 + 24j)
        panels.append(Panel(parts, -62, 62, mark))
    write("shoulder-blade-squeeze", panels, 166, 6)


def median_nerve_slider() -> None:
    """Straighten the elbow while the head tilts towards that arm."""
    scale = 1.65
    panels = []
    for mark in "12":
        table = 21.5
        shoulder = 18 + 41j
        lower, hand, tilt = (66.0, 8.0, -18.0) if mark == "1" else (-2.0, 4.0, 22.0)
        far = chain(-17.6 + 41j, (-96, -84, -84), (27, 23, 13))
        elbow = shoulder + towards(-30, 27)
        joints = chain(elbow, (lower, hand, hand + 4), (23, 8, 7))
        root = joints[1] + towards(hand, 2.2)
        parts = [
            lines("d-ground", [complex(x, y) * scale for x, y in ((77, table), (34, table), (34, -10))]),
            path("d-skin", tube(far, (5.4, 4.7, 3.9, 3.4), scale)),
            *front_head(47j, tilt, scale),
            path("d-skin", tube((shoulder, *joints), (5.4, 4.7, 3.2, 3.0, 2.0), scale)),
            path("d-skin", tube(chain(root, (hand + 38, hand + 12), (4.4, 3.6)), (1.9, 1.6, 1.3), scale)),
            front_chest(0, scale),
        ]
        if mark == "2":
            parts += arrow(84 + 112j, 112 + 74j, 0.2) + arrow(6 + 146j, 40 + 138j, 0.2)
        panels.append(Panel(parts, -42, 130, mark))
    write("median-nerve-slider", panels, 158, 12)


STAND = Pose(0j, 90, towards(86, NECK), 0, DOWN, DOWN, (-90, -90, -5), (-90, -90, -5))
SLIM = (5.4, 4.7, 3.1, 2.7, 1.7)


def bust(pose: Pose, scale: float) -> list[str]:
    """Draw the upper body from its side, without its arms."""
    parts = figure(pose, scale)
    return parts[3:-3]


def ulnar_nerve_slider() -> None:
    """Bend the elbow while the wrist curls, and straighten both again."""
    scale = 2.0
    panels = []
    for mark, angles in (("1", (-14.0, -8.0, 70.0, 78.0)), ("2", (-16.0, 78.0, 122.0, 132.0))):
        shoulder = STAND.shoulder
        far = chain(shoulder + 1.5, (-100, -88, -88), (27, 23, 13))
        joints = chain(shoulder, angles, ARM)
        parts = [
            path("d-skin", tube(far, (5.4, 4.7, 3.8, 3.2), scale)),
            *bust(STAND, scale),
            path("d-skin", tube(joints, SLIM, scale)),
        ]
        if mark == "2":
            root = joints[2] + towards(angles[2], 2)
            parts.append(path("d-skin", tube(chain(root, (146, 132), (4.2, 3.6)), (1.9, 1.6, 1.3), scale)))
            wrist = joints[2] * scale
            parts += arrow(wrist + 42 - 20j, wrist + 16 + 16j, 0.25)
        panels.append(Panel(parts, -38, 132, mark))
    write("ulnar-nerve-slider", panels, 168, -30)


def wrist_stretch() -> None:
    """Draw the hand lightly up, and then down, with the other hand."""
    scale = 2.0
    panels = []
    for mark, hand, curl in (("1", 84.0, 94.0), ("2", -80.0, -88.0)):
        shoulder = STAND.shoulder
        joints = chain(shoulder, (-12, -4, hand, curl), ARM)
        held = joints[3] + towards(curl, 1.5)
        wrist = held - 8 + (-1j if mark == "1" else -3j)
        other = shoulder + 3 + 0.5j
        helper = [*chain(other, bent(other, wrist, ARM, -1), ARM), held - 1, held + 3]
        tips = [held + 3.4 + towards(curl, step) for step in (-2.6, 0.3, 3.2)]
        parts = [
            *bust(STAND, scale),
            path("d-skin", tube(helper, SLIM, scale)),
            path("d-skin", tube(joints, SLIM, scale)),
            *(path("d-skin", ball(tip * scale, 1.5 * scale)) for tip in tips),
        ]
        end = held * scale
        parts += arrow(end + 34 + 2j, end + 14 + 2j)
        panels.append(Panel(parts, -38, 136, mark))
    write("wrist-stretch", panels, 168, -20)


SHAPES = (
    ("Straight", "hand", (90, 90, 90), (58, 78, 88)),
    ("Hook", "", (90, -4, -82), (54, 70, 80)),
    ("Full fist", "", (0, -92), (60, 68, 80)),
    ("Table", "top", (-1, -1, -1), (34, 44, 52)),
    ("Straight", "fist", (0, -91, -93), (60, 66, 76)),
)


def tendon_glides() -> None:
    """Show the five shapes of the hand."""
    scale = 6.2
    panels = []
    for index, (word, more, angles, side) in enumerate(SHAPES, start=1):
        hand = [-14j, 0j, *chain(8j, angles, (3.5, 2.5, 1.9))]
        parts = [
            path("d-skin", tube(hand, (2.9, 2.1, 1.65, 1.2, 1.1, 0.85)[: len(hand)], scale)),
            path("d-skin", tube(chain(0.2 + 0.8j, side, (3, 2.4, 1.9)), (1.6, 1.25, 1.05, 0.85), scale)),
            label(word, 12 + 130j),
            label(more, 12 + 115j) if more else "",
        ]
        panels.append(Panel(parts, -20, 58 if more == "top" else 44, str(index)))
    write("tendon-glides", panels, 166, 50)


ALL = (
    bird_dog,
    calf_stretch,
    cat_cow,
    chin_tuck,
    glute_bridge,
    hamstring_stretch,
    knee_to_chest,
    piriformis_stretch,
    plank,
    sciatic_slider,
    walking,
    neck_side_stretch,
    shoulder_blade_squeeze,
    median_nerve_slider,
    ulnar_nerve_slider,
    wrist_stretch,
    tendon_glides,
)


def main() -> None:
    """Write every drawing."""
    for draw in ALL:
        draw()


if __name__ == "__main__":
    main()
