using Aufruf.Domain.Queues.Policies;

namespace Aufruf.Domain.Forecasts;

/// <summary>Who is called next at a counter: lines, work profile and policy, as the queue itself does it.</summary>
internal sealed partial class Simulation
{
    private readonly List<Candidate> _candidates = [];
    private readonly List<(int Line, int Entry)> _places = [];
    private readonly Candidate[] _duel = new Candidate[2];

    /// <summary>Line and entry; below zero when there is nobody.</summary>
    private (int Line, int Entry) Choose(Scene.Desk desk, double now)
    {
        var at = _scene.Now.Now.AddTicks((long)(now * TimeSpan.TicksPerMinute));
        for (var g = 0; g < desk.Groups.Length; g++)
        {
            var best = Best(desk.Groups[g], g == 0 ? desk.Also : [], now, at, due: true);
            foreach (var ghost in desk.Ghosts[g])
            {
                Haunt(ghost, best.Entry, now, at);
            }

            foreach (var also in g == 0 ? desk.Also : [])
            {
                if (also.Ghost >= 0 && now > also.AfterMinutes)
                {
                    Haunt(also.Ghost, best.Entry, now, at);
                }
            }

            if (best.Entry >= 0)
            {
                return best;
            }
        }

        // Nobody's time or turn has come: who is there early is called rather than nobody.
        foreach (var group in desk.Groups)
        {
            if (Best(group, [], now, at, due: false) is { Entry: >= 0 } early)
            {
                return early;
            }
        }

        return (-1, -1);
    }

    private (int Line, int Entry) Best(int[] lines, Scene.Also[] also, double now, DateTimeOffset at, bool due)
    {
        _candidates.Clear();
        _places.Clear();
        foreach (var line in lines)
        {
            Add(line, First(line, now, due));
        }

        foreach (var service in also)
        {
            if (WaitsTooLong(service, now))
            {
                foreach (var line in service.Lines)
                {
                    Add(line, First(line, now, due));
                }
            }
        }

        if (_candidates.Count <= 1)
        {
            return _candidates.Count == 0 ? (-1, -1) : _places[0];
        }

        var next = Policy.Next(_scene.Now.Rules, _candidates, at).Ticket;
        var i = 0;
        while (_candidates[i].Ticket != next)
        {
            i++;
        }

        return _places[i];
    }

    private bool WaitsTooLong(in Scene.Also service, double now)
    {
        foreach (var line in service.Lines)
        {
            if (First(line, now, due: true) is >= 0 and var entry && now - _scene.Entries[entry].Due > service.AfterMinutes)
            {
                return true;
            }
        }

        return false;
    }

    private void Add(int line, int entry)
    {
        if (entry >= 0)
        {
            _candidates.Add(_scene.Entries[entry].Candidate);
            _places.Add((line, entry));
        }
    }

    /// <summary>The first of a line who can be called; below zero when there is none.</summary>
    /// <param name="due">Only one whose time and turn have come.</param>
    private int First(int line, double now, bool due)
    {
        var end = _scene.Starts[line + 1];
        if (!_scene.Later[line])
        {
            return _heads[line] < end && (!due || _scene.Entries[_heads[line]].Due <= now) ? _heads[line] : -1;
        }

        for (var i = _heads[line]; i < end; i++)
        {
            ref readonly var entry = ref _scene.Entries[i];
            if (due && entry.Due > now)
            {
                return -1; // So are all behind it.
            }

            if (_from[i] <= now && (!due || entry.NotBeforeCalls <= _calls))
            {
                return i;
            }
        }

        return -1;
    }

    /// <summary>One who would take a ticket now changes nothing for the others until called, so it need not be in the hall to see when that would be.</summary>
    /// <param name="rival">Entry that is called in truth; below zero for nobody.</param>
    private void Haunt(int ghost, int rival, double now, DateTimeOffset at)
    {
        var one = _scene.Ghosts[ghost];
        if (_ghostDone[ghost] || SomebodyIn(one.Before))
        {
            return;
        }

        if (rival >= 0)
        {
            (_duel[0], _duel[1]) = (_scene.Entries[rival].Candidate, one.Candidate);
            if (Policy.Next(_scene.Now.Rules, _duel, at).Ticket != one.Candidate.Ticket)
            {
                return;
            }
        }

        _ghostDone[ghost] = true;
        _waiting--;
        var i = (ghost * _replications) + _replication;
        GhostCalls[i] = (float)now;
        GhostEnds[i] = (float)(now + (one.Times.At(Chance.Of(one.Key, _replication, Question.Occupied)) * _pace));
    }

    private bool SomebodyIn(int[] lines)
    {
        foreach (var line in lines)
        {
            if (_heads[line] < _scene.Starts[line + 1])
            {
                return true;
            }
        }

        return false;
    }
}
