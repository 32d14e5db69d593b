// Pictures of the figures that stand in tables beside them: an element with data-figures, and data-src for a map.
"use strict";
(() => {
  if (!window.echarts) return;
  const still = matchMedia("(prefers-reduced-motion: reduce)");
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const drawn = new Map();
  const maps = new Map();
  const MOODS = { cooperative: ["--good", "solid"], mixed: ["--gold", "dashed"], conflictual: ["--bad", "dotted"], untold: ["--dim", [2, 8]] };

  const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const palette = () => [1, 2, 3, 4, 5, 6, 7, 8].map((n) => colour(`--c${n}`));
  const many = (n) => n.toLocaleString("en");

  function frame(figures, box) {
    const ink = colour("--ink");
    return {
      color: palette(),
      textStyle: { color: ink, fontFamily: "system-ui, sans-serif" },
      animation: !still.matches,
      animationDuration: 250,
      aria: { enabled: true, label: { description: figures.title }, decal: { show: true } },
      title: { text: figures.title, left: 12, top: 10, textStyle: { color: ink, fontSize: 13, fontWeight: 600, width: box.clientWidth - 24, overflow: "truncate" } },
      tooltip: {
        renderMode: "richText", confine: true, backgroundColor: colour("--panel"), borderColor: colour("--edge"),
        textStyle: { color: ink, fontSize: 13 },
      },
    };
  }

  function axes(figures) {
    const dim = colour("--dim"), line = colour("--line");
    return {
      legend: { top: 34, left: 8, textStyle: { color: colour("--ink") }, type: "scroll", pageIconColor: colour("--link"), pageTextStyle: { color: dim }, itemWidth: 18, itemHeight: 12 },
      grid: { left: 12, right: 16, top: 76, bottom: 12, containLabel: true },
      xAxis: { type: "category", data: figures.categories, axisLabel: { color: dim, hideOverlap: true }, axisLine: { lineStyle: { color: colour("--edge") } }, axisTick: { show: false } },
      yAxis: { type: "value", axisLabel: { color: dim }, splitLine: { lineStyle: { color: line } } },
    };
  }

  function bars(figures, box) {
    const whole = { ...frame(figures, box), ...axes(figures) };
    whole.tooltip = { ...whole.tooltip, trigger: "axis", axisPointer: { type: "shadow" } };
    whole.yAxis.minInterval = 1;
    whole.series = figures.series.map((s) => ({
      type: "bar", stack: "all", name: s.name, data: s.values, barMaxWidth: 44,
      itemStyle: s.faint ? { color: "transparent", borderColor: colour("--dim"), borderType: "dashed", decal: { symbol: "none" } } : { borderColor: colour("--paper"), borderWidth: 1 },
    }));
    return whole;
  }

  function lines(figures, box) {
    const whole = { ...frame(figures, box), ...axes(figures) };
    const kinds = [["circle", "solid"], ["diamond", "dashed"], ["triangle", "dotted"]];
    whole.tooltip = { ...whole.tooltip, trigger: "axis" };
    whole.series = figures.series.map((s, n) => ({
      type: "line", name: s.name, data: s.values, connectNulls: false, symbol: kinds[n % 3][0], symbolSize: 8,
      lineStyle: { type: kinds[n % 3][1], width: 2 },
      markLine: n ? undefined : { silent: true, symbol: "none", label: { show: false }, lineStyle: { color: colour("--dim"), type: "solid", width: 1 }, data: [{ yAxis: 0 }] },
    }));
    return whole;
  }

  const told = (link) => `${link.names[0]} and ${link.names[1]}: ${many(link.value)}, ${link.mood}`;
  const met = (side) => `${side.name}: ${many(side.value)} exchanges with ${many(side.partners)} others`;

  function stroke(link, most, broad) {
    const [name, type] = MOODS[link.mood];
    return { color: colour(name), type, width: 1 + broad * Math.sqrt(link.value / most), opacity: 0.8 };
  }

  function network(figures, box) {
    const whole = frame(figures, box);
    const most = Math.max(...figures.links.map((x) => x.value), 1);
    const largest = Math.max(...figures.nodes.map((x) => x.value), 1);
    const [wide, high] = [box.clientWidth, box.clientHeight];
    const narrow = wide < 500;
    whole.tooltip.formatter = (at) => (at.dataType === "edge" ? told(at.data.link) : met(at.data.side));
    whole.series = [{
      type: "graph", layout: "none", left: narrow ? 40 : 70, right: narrow ? 40 : 70, top: 60, bottom: 40, roam: false, cursor: "pointer",
      preserveAspect: false,
      emphasis: { focus: "adjacency", lineStyle: { opacity: 1 } },
      label: { show: true, position: "bottom", distance: 3, color: colour("--ink"), fontSize: narrow ? 11 : 13, textBorderColor: colour("--paper"), textBorderWidth: 3 },
      labelLayout: { moveOverlap: "shiftY" },
      itemStyle: { color: colour("--c1"), borderColor: colour("--paper"), borderWidth: 1.5, decal: { symbol: "none" } },
      data: figures.nodes.map((side, n) => ({
        id: side.id, name: side.name, side, x: side.at[0] * wide, y: side.at[1] * high,
        label: narrow && n >= 12 ? { show: false } : undefined,
        symbolSize: (narrow ? 6 : 8) + (narrow ? 16 : 26) * Math.sqrt(side.value / largest),
      })),
      links: figures.links.map((link) => ({
        source: link.source, target: link.target, link, lineStyle: { ...stroke(link, most, 5), curveness: 0.08 },
        emphasis: { label: { show: true, formatter: many(link.value), fontSize: 12, color: colour("--ink"), textBorderColor: colour("--paper"), textBorderWidth: 3 } },
      })),
    }];
    return whole;
  }

  // Equal Earth (Šavrič, Patterson and Jenny 2018): areas stay true, so that a shade weighs as much as its land
  const A = [1.340264, -0.081106, 0.000893, 0.003796], M = Math.sqrt(3) / 2, RAD = Math.PI / 180;
  const rise = (t) => t * (A[0] + A[1] * t ** 2 + t ** 6 * (A[2] + A[3] * t ** 2));
  const slope = (t) => A[0] + 3 * A[1] * t ** 2 + t ** 6 * (7 * A[2] + 9 * A[3] * t ** 2);
  const EQUAL_EARTH = {
    project: ([east, north]) => {
      const t = Math.asin(M * Math.sin(north * RAD));
      return [(east * RAD * Math.cos(t)) / (M * slope(t)), -rise(t)];
    },
    unproject: ([x, y]) => {
      let t = -y;
      for (let n = 0; n < 12; n++) t -= (rise(t) + y) / slope(t);
      return [(M * x * slope(t)) / Math.cos(t) / RAD, Math.asin(Math.sin(t) / M) / RAD];
    },
  };

  function map(figures, box, geo) {
    const whole = frame(figures, box);
    const sides = new Map(figures.sides.map((s) => [s.id, s]));
    const at = new Map([...geo.features.map((f) => [f.properties.name, f.properties.at]), ...Object.entries(geo.points)]);
    const most = Math.max(...figures.links.map((x) => x.value), 1);
    const steps = figures.steps.length ? figures.steps : [1];
    const pieces = steps.map((low, n) => ({
      gte: low, lt: steps[n + 1], color: colour(`--s${n + 1 + (5 - steps.length)}`),
      label: n + 1 < steps.length ? `${many(low)} to ${many(steps[n + 1] - 1)}` : `${many(low)} and more`,
    }));
    whole.aria.decal.show = false; // the shades are ordered in lightness, and the table holds the numbers
    whole.tooltip.formatter = (x) => (x.data?.link ? told(x.data.link) : sides.has(x.name) ? met(sides.get(x.name)) : "");
    whole.visualMap = { type: "piecewise", pieces, seriesIndex: [0, 1], left: 12, bottom: 12, itemWidth: 16, textStyle: { color: colour("--ink") }, outOfRange: { color: colour("--soft") }, hoverLink: false };
    whole.geo = {
      map: "world", projection: EQUAL_EARTH, roam: false, left: 8, right: 8, top: 40, bottom: 12, preserveAspect: "contain", preserveAspectVerticalAlign: "top",
      itemStyle: { areaColor: colour("--soft"), borderColor: colour("--edge"), borderWidth: 0.6 },
      emphasis: { label: { show: false }, itemStyle: { areaColor: colour("--b6") } }, select: { disabled: true },
    };
    const shapes = new Set(geo.features.map((f) => f.properties.name));
    whole.series = [
      { type: "map", geoIndex: 0, data: figures.sides.filter((s) => shapes.has(s.id)).map((s) => ({ name: s.id, value: s.value })) },
      { type: "scatter", coordinateSystem: "geo", symbol: "circle", symbolSize: 9, itemStyle: { borderColor: colour("--ink"), borderWidth: 1 },
        data: figures.sides.filter((s) => !shapes.has(s.id)).map((s) => ({ name: s.id, value: [...at.get(s.id), s.value] })) },
      { type: "lines", coordinateSystem: "geo", cursor: "pointer", zlevel: 1,
        data: figures.links.map((link) => ({ coords: [at.get(link.source), at.get(link.target)], link, lineStyle: { ...stroke(link, most, 3), curveness: 0.2 } })) },
    ];
    return whole;
  }

  const KINDS = { bars, lines, network, map };

  async function draw(box) {
    let geo;
    if (box.dataset.src) {
      if (!maps.has(box.dataset.src)) maps.set(box.dataset.src, fetch(box.dataset.src).then((answer) => answer.json()));
      geo = await maps.get(box.dataset.src);
      if (!echarts.getMap("world")) echarts.registerMap("world", geo);
    }
    if (!box.isConnected) return;
    const figures = JSON.parse(box.dataset.figures);
    box.setAttribute("role", "img");
    const chart = drawn.get(box) ?? echarts.init(box, null, { renderer: "canvas" });
    if (!drawn.has(box)) {
      drawn.set(box, chart);
      sizes.observe(box);
      chart.on("click", (x) => { if (x.data?.link?.href) location.assign(x.data.link.href); });
    }
    chart.setOption(KINDS[figures.kind](figures, box, geo), true);
  }

  const sizes = new ResizeObserver((entries) => entries.forEach(({ target }) => {
    const chart = drawn.get(target);
    if (!chart || (chart.getWidth() === target.clientWidth && chart.getHeight() === target.clientHeight)) return;
    chart.resize();
    draw(target); // titles, places and sizes follow the width
  }));

  function gone() {
    for (const [box, chart] of drawn) {
      if (!box.isConnected) { sizes.unobserve(box); chart.dispose(); drawn.delete(box); }
    }
  }

  const all = () => document.querySelectorAll("[data-figures]").forEach((box) => { if (!drawn.has(box)) draw(box); });
  const again = () => [...drawn.keys()].forEach(draw);
  dark.addEventListener("change", again);
  still.addEventListener("change", again);
  document.addEventListener("htmx:afterSwap", () => { gone(); all(); });
  all();
})();
