using System.Globalization;
using System.Text;

namespace Facialis.Anatomy.Recordings.Import;

/// <summary>A table of numbers in CSV: a row of names, then rows of as many fields, separated by commas, semicolons or tabs.</summary>
/// <remarks>
/// Numbers are parsed where they lie: a row of a full mesh has 1,434 of them, and a string for each would cost more than
/// all the rest. Quotes are allowed around a field, not within.
/// </remarks>
internal sealed class CsvTable
{
    private readonly LineReader _lines;
    private readonly Action<string, string> _comment;
    private readonly byte _separator;

    /// <summary>Reads up to and including the row of names.</summary>
    /// <param name="lines">The text.</param>
    /// <param name="comment">Told each line that begins with #, without it, and where it stands.</param>
    public CsvTable(LineReader lines, Action<string, string> comment)
    {
        (_lines, _comment) = (lines, comment);
        if (!TryReadLine(out var header))
        {
            throw new RecordingFormatException("The file holds no table: there is no row of column names.");
        }

        _separator = header.Contains((byte)',') ? (byte)',' : header.Contains((byte)';') ? (byte)';' : (byte)'\t';
        var names = new List<string>();
        foreach (var field in new Fields(header, _separator))
        {
            names.Add(field.Length <= 64 ? Encoding.UTF8.GetString(field) : throw new RecordingFormatException($"Line {lines.Number}, column {names.Count + 1}: the name is too long."));
        }

        Columns = names;
    }

    /// <summary>Names of the columns, without spaces and quotes around them.</summary>
    public IReadOnlyList<string> Columns { get; }

    /// <summary>Number of the latest line, from 1.</summary>
    public int Line => _lines.Number;

    /// <summary>The column of that name, -1 where there is none.</summary>
    /// <exception cref="RecordingFormatException">There are several.</exception>
    public int Find(string name)
    {
        var found = -1;
        for (var i = 0; i < Columns.Count; i++)
        {
            if (Columns[i] == name)
            {
                found = found < 0 ? i : throw new RecordingFormatException($"Line {Line}: there are two columns named {name}.");
            }
        }

        return found;
    }

    /// <summary>Reads the next row into <paramref name="values"/>: NaN where a field is empty or not asked for.</summary>
    /// <param name="wanted">Which columns to read; others are not looked at.</param>
    /// <param name="values">As many as there are columns.</param>
    public bool TryReadRow(ReadOnlySpan<bool> wanted, Span<double> values)
    {
        if (!TryReadLine(out var row))
        {
            return false;
        }

        var column = 0;
        foreach (var field in new Fields(row, _separator))
        {
            if (column == values.Length)
            {
                throw new RecordingFormatException($"Line {Line} has more than the {Columns.Count} fields of the row of names.");
            }

            values[column] = wanted[column] ? Number(field, column) : double.NaN;
            column++;
        }

        return column == values.Length
            ? true
            : throw new RecordingFormatException($"Line {Line} has {column} fields instead of {Columns.Count}; perhaps the file is cut off.");
    }

    /// <summary>"Line 7, column 3 (x_0)", for messages.</summary>
    public string Place(int column) => $"Line {Line}, column {column + 1} ({Columns[column]})";

    private double Number(ReadOnlySpan<byte> field, int column)
    {
        if (field.IsEmpty || field.SequenceEqual("NaN"u8) || field.SequenceEqual("nan"u8) || field.SequenceEqual("NA"u8))
        {
            return double.NaN;
        }

        if (double.TryParse(field, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number))
        {
            return number;
        }

        var text = Encoding.UTF8.GetString(field[..Math.Min(field.Length, 40)]);
        throw new RecordingFormatException($"{Place(column)}: \"{text}\" is not a number{(field.Contains((byte)',') ? "; decimals need a point" : "")}.");
    }

    private bool TryReadLine(out ReadOnlySpan<byte> line)
    {
        while (_lines.TryRead(out line))
        {
            line = line.Trim(" \t"u8).IsEmpty ? default : line;
            if (line.StartsWith("#"u8))
            {
                if (line.Length <= 1000)
                {
                    _comment(Encoding.UTF8.GetString(line[1..]).Trim(), $"Line {_lines.Number}");
                }
            }
            else if (!line.IsEmpty)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The fields of a row, without spaces and quotes around them.</summary>
    private ref struct Fields(ReadOnlySpan<byte> row, byte separator)
    {
        private ReadOnlySpan<byte> _rest = row;
        private bool _ended;

        public ReadOnlySpan<byte> Current { get; private set; }

        public readonly Fields GetEnumerator() => this;

        public bool MoveNext()
        {
            if (_ended)
            {
                return false;
            }

            var at = _rest.IndexOf(separator);
            var field = (at < 0 ? _rest : _rest[..at]).Trim((byte)' ');
            Current = field.Length >= 2 && field[0] == '"' && field[^1] == '"' ? field[1..^1].Trim((byte)' ') : field;
            _ended = at < 0;
            _rest = _ended ? default : _rest[(at + 1)..];
            return true;
        }
    }
}
