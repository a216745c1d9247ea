namespace Facialis.VirtualPatient.Calibration;

/// <summary>Downhill search with a simplex (Nelder and Mead 1965); no chance in it.</summary>
internal static class NelderMead
{
    /// <summary>Searches the least value near a place.</summary>
    /// <param name="loss">What is to be small.</param>
    /// <param name="start">Where to begin; not empty.</param>
    /// <param name="step">First size of the simplex, in units of the places.</param>
    /// <param name="evaluations">Most looks at the loss, about.</param>
    /// <param name="cancel">Stops the search.</param>
    public static Optimum Minimise(Func<IReadOnlyList<double>, double> loss, IReadOnlyList<double> start, double step, int evaluations, CancellationToken cancel = default)
    {
        var n = start.Count;
        var corners = new List<Optimum> { At(loss, [.. start]) };
        for (var i = 0; i < n; i++)
        {
            var place = start.ToArray();
            place[i] += place[i] + step <= 1 ? step : -step;
            corners.Add(At(loss, place));
        }

        for (var used = n + 1; used < evaluations; used++)
        {
            cancel.ThrowIfCancellationRequested();
            corners.Sort((a, b) => a.Value.CompareTo(b.Value));
            var (best, worst) = (corners[0], corners[n]);
            if (worst.Value - best.Value < 1e-6 && Enumerable.Range(0, n).All(i => Math.Abs(worst.Places[i] - best.Places[i]) < 1e-5))
            {
                break;
            }

            var middle = Enumerable.Range(0, n).Select(i => corners.Take(n).Sum(c => c.Places[i]) / n).ToArray();
            Optimum Along(double by) => At(loss, [.. middle.Select((m, i) => m + (by * (worst.Places[i] - m)))]);
            var mirrored = Along(-1);
            if (mirrored.Value < best.Value)
            {
                var further = Along(-2);
                used++;
                corners[n] = further.Value < mirrored.Value ? further : mirrored;
            }
            else if (mirrored.Value < corners[n - 1].Value)
            {
                corners[n] = mirrored;
            }
            else
            {
                var nearer = Along(mirrored.Value < worst.Value ? -0.5 : 0.5);
                used++;
                if (nearer.Value < Math.Min(mirrored.Value, worst.Value))
                {
                    corners[n] = nearer;
                    continue;
                }

                for (var c = 1; c <= n; c++)
                {
                    corners[c] = At(loss, [.. corners[c].Places.Select((p, i) => (p + best.Places[i]) / 2)]);
                }

                used += n;
            }
        }

        return corners.MinBy(c => c.Value)!;
    }

    private static Optimum At(Func<IReadOnlyList<double>, double> loss, double[] places) => new(places, loss(places));
}
